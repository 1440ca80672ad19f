using System.Text;
using System.Text.Json;
using Brigade.Contracts;
using Brigade.Contracts.Messages;
using Brigade.Contracts.Runs;
using Brigade.Web.Cluster;
using Brigade.Web.Tests.Support;

namespace Brigade.Web.Tests.Cluster;

public sealed class EventReaderTests
{
    [Fact]
    public void Read_EventsOfAWholeRun_AreReadAsTheyWereWritten()
    {
        foreach (var raw in Given.Raw(Given.WholeRun()))
        {
            var runEvent = EventReader.Read(raw, Given.Plan(), out var problem);

            Assert.Empty(problem);
            Assert.Equal(Encoding.UTF8.GetString(raw), JsonSerializer.Serialize(runEvent, BrigadeJson.Options));
        }
    }

    [Theory]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("""{"type":"something-new"}""")]
    [InlineData("""{"type":"frame"}""")]
    [InlineData("""{"type":"trial-ended","at":"2026-01-05T12:00:00Z"}""")]
    [InlineData("""{"type":"run-started","at":"2026-01-05T12:00:00Z"}""")]
    [InlineData("""{"type":"run-ended","at":"2026-01-05T12:00:00Z","status":"failed"}""")]
    [InlineData("""{"type":"run-ended","at":"2026-01-05T12:00:00Z","status":"failed","reason":null}""")]
    public void Read_UnreadableOrEmpty_IsRefused(string json)
    {
        Assert.Null(EventReader.Read(Encoding.UTF8.GetBytes(json), Given.Plan(), out var problem));
        Assert.NotEmpty(problem);
    }

    [Theory]
    [InlineData("run-started", "\"machine\":{\"host\":\"host\"", "\"machine\":{\"host\":null")]
    [InlineData("run-started", "\"trials\":[", "\"trials\":[null,")]
    [InlineData("run-started", "\"cells\":[", "\"cells\":[null,")]
    [InlineData("run-started", "\"notes\":[", "\"notes\":[null")]
    [InlineData("run-started", "\"runtimes\":[", "\"runtimes\":[null,")]
    [InlineData("run-started", "\"runtime\":\"python\"", "\"runtime\":null")]
    [InlineData("frame", "\"workers\":[", "\"workers\":[null,")]
    [InlineData("frame", "\"histogram\":\"AQID\"", "\"histogram\":null")]
    [InlineData("trial-ended", "\"latency\":{", "\"latency\":null,\"x\":{")]
    [InlineData("trial-ended", "\"checksum\":\"\"", "\"checksum\":null")]
    [InlineData("trial-ended", "\"taskErrors\":[", "\"taskErrors\":[null")]
    [InlineData("trial-ended", "\"warnings\":[", "\"warnings\":[null")]
    public void Read_NullWhereAValueBelongs_IsRefused(string type, string whole, string broken)
    {
        var json = Given.Raw(Given.WholeRun()).Select(Encoding.UTF8.GetString).First(text => text.Contains($"\"type\":\"{type}\"", StringComparison.Ordinal));
        Assert.Contains(whole, json, StringComparison.Ordinal);

        Assert.Null(EventReader.Read(Encoding.UTF8.GetBytes(json.Replace(whole, broken, StringComparison.Ordinal)), Given.Plan(), out _));
    }

    [Fact]
    public void Read_TrialThatThePlanDoesNotHave_IsRefused()
    {
        RunEvent[] wrong = [Given.Recorded(2, 0), Given.TrialEnded(2), Given.TrialStarted(-1), new TrialMeasuring(2, 0), new TrialEnded(Given.Noon, Given.Result(0) with { Cell = 1 })];

        foreach (var raw in Given.Raw(wrong))
            Assert.Null(EventReader.Read(raw, Given.Plan(trials: 2), out _));
    }

    public static TheoryData<TaskSpans> BrokenSpans => new(
        new TaskSpans([0, 0], [1], [1, 1], []),
        new TaskSpans([0], [1], [], []),
        new TaskSpans([0], [1], [1], [1]),
        new TaskSpans([0], [1], [1], [-1]),
        new TaskSpans(new int[TaskSpans.MostPerFrame + 1], new long[TaskSpans.MostPerFrame + 1], new long[TaskSpans.MostPerFrame + 1], []));

    [Theory]
    [MemberData(nameof(BrokenSpans))]
    public void Read_FrameWhoseTasksAreNotWhole_IsRefused(TaskSpans spans) =>
        Assert.Null(EventReader.Read(Given.Raw(new FrameRecorded(Given.Frame(0, 0) with { Spans = spans }))[0], Given.Plan(), out _));

    [Fact]
    public void Read_FrameWithTasksOneByOne_IsTaken() =>
        Assert.NotNull(EventReader.Read(Given.Raw(new FrameRecorded(Given.Frame(0, 0) with { Spans = new TaskSpans([0], [-1], [1], [0]) }))[0], Given.Plan(), out _));

    [Fact]
    public void Read_BeforeTheRunStarted_OnlyItsStartAndEndAreTaken()
    {
        Assert.Null(EventReader.Read(Given.Raw(Given.Recorded(0, 0))[0], plan: null, out _));
        Assert.NotNull(EventReader.Read(Given.Raw(Given.Started())[0], plan: null, out _));
        Assert.NotNull(EventReader.Read(Given.Raw(Given.Ended(RunStatus.Failed, "no interpreter"))[0], plan: null, out _));
    }
}
