using System.Text;
using System.Text.Json;
using Brigade.Contracts.Runs;
using Brigade.Web.Features.Runs;
using Brigade.Web.Tests.Support;

namespace Brigade.Web.Tests.Features.Runs;

public sealed class FrameBatchesTests
{
    [Fact]
    public void Of_FramesOfTwoTrials_IsOneBatchEach()
    {
        var batches = FrameBatches.Of([Given.Frame(0, 0), Given.Frame(0, 1), Given.Frame(1, 0)]);
        Assert.Equal([(0, 0, 2), (1, 0, 1)], batches.Select(batch => (batch.Trial, batch.From, batch.Tasks.Count)));
        Assert.Equal([5, 5], batches[0].Tasks);
        Assert.Equal([100, 100], batches[0].Ms);
        Assert.Equal(0.1, batches[0].User[0]);
        Assert.Equal(["rr"], batches[0].States);
        Assert.Equal([0.9], batches[0].Busy);
    }

    [Fact]
    public void ToMessage_FramesOfManyViewers_IsWrittenOnceAndAsTheBatches()
    {
        Frame[] frames = [Given.Frame(0, 3), Given.Frame(0, 4)];

        var message = FrameBatches.ToMessage(frames, isWhole: false);

        Assert.Same(message, FrameBatches.ToMessage(frames, isWhole: false));
        Assert.Equal(JsonSerializer.Serialize(new { reset = false, batches = FrameBatches.Of(frames) }, JsonSerializerOptions.Web), Encoding.UTF8.GetString(message.Utf8.Span));
        Assert.Equal(JsonSerializer.Serialize(message, JsonSerializerOptions.Web), Encoding.UTF8.GetString(message.Utf8.Span));
    }

    [Fact]
    public void ToMessage_Whole_HasTheBrowserForgetWhatItHas()
    {
        Frame[] frames = [Given.Frame(0, 0)];
        FrameBatches.ToMessage(frames, isWhole: false);

        Assert.StartsWith("{\"reset\":true,", Encoding.UTF8.GetString(FrameBatches.ToMessage(frames, isWhole: true).Utf8.Span), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_GapInTheNumbers_StartsANewBatch() => Assert.Equal([0, 5], FrameBatches.Of([Given.Frame(0, 0), Given.Frame(0, 5)]).Select(batch => batch.From));

    [Fact]
    public void Of_LongSeries_IsThinned()
    {
        Frame[] frames = [.. Enumerable.Range(0, 1500).Select(number => Given.Frame(0, number) with { P99Ms = number == 4 ? 99 : 3, MemoryBytes = number })];
        var batch = Assert.Single(FrameBatches.Of(frames));
        Assert.Equal((3, 500), (batch.Step, batch.Tasks.Count));
        Assert.Equal((15, 300), (batch.Tasks[0], batch.Ms[0]));
        Assert.Equal(99, batch.P99[1]);
        Assert.Equal(5, batch.Memory[1]);
        Assert.Equal(500, batch.States[0].Length);
    }

    [Fact]
    public void Of_MergedFrames_AreABatchWithTheirOwnStep() => Assert.Equal(
        [(0, 4, 2), (8, 1, 1)],
        FrameBatches.Of([Given.Frame(0, 0) with { DurationMs = 400 }, Given.Frame(0, 4) with { DurationMs = 400 }, Given.Frame(0, 8)])
            .Select(batch => (batch.From, batch.Step, batch.Tasks.Count)));

    [Fact]
    public void Of_LastFrame_SaysHowShortItWas() => Assert.Equal([7.5], FrameBatches.Of([Given.Frame(0, 0) with { DurationMs = 7.5 }])[0].Ms);

    [Fact]
    public void Of_WorkersComingAndGoing_HasALetterForEachPoint()
    {
        var workers = new[] { new WorkerFrame(0, WorkerState.Waiting, 0.5, null, 1), new WorkerFrame(1, WorkerState.Gone, 0, null, 0) };
        Assert.Equal(["rw", "ig"], FrameBatches.Of([Given.Frame(0, 0), Given.Frame(0, 1) with { Workers = workers }])[0].States);
    }
}
