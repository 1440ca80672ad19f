using Brigade.Contracts.Runs;
using Brigade.Web.Features.Runs.Costs;
using Brigade.Web.Tests.Support;

namespace Brigade.Web.Tests.Features.Runs.Costs;

public sealed class WorkerTimelineTests
{
    private readonly WorkerTimeline _timeline = new();

    [Fact]
    public void Add_BusyAndOnAProcessor_TellsComputingFromWaiting()
    {
        _timeline.Add(At(0, busy: 0.9, cpu: 0.3));
        Assert.Equal(new Slice(100, 30, 60, 0), Rounded(_timeline.Of(0, 0)));
        Assert.Equal(10, _timeline.Of(0, 0).Free, 1e-9);
    }

    [Fact]
    public void Add_MoreProcessorThanTasks_IsWorkBetweenTasks()
    {
        _timeline.Add(At(0, busy: 0.2, cpu: 0.7));
        Assert.Equal(new Slice(100, 20, 0, 50), Rounded(_timeline.Of(0, 0)));
    }

    [Fact]
    public void Add_WorkerWithoutAThread_IsInATaskAndNothingElseIsKnown()
    {
        _timeline.Add(At(0, busy: 0.6, cpu: null));
        Assert.Equal(new Slice(100, 60, 0, 0), Rounded(_timeline.Of(0, 0)));
        Assert.False(_timeline.HasCpu);
    }

    [Theory]
    [InlineData(240, 240)]
    [InlineData(241, 121)]
    [InlineData(1_000, 125)]
    public void Add_LongTrial_WidensTheSlicesAndLosesNothing(int frames, int slices)
    {
        for (var number = 0; number < frames; number++)
            _timeline.Add(At(number, busy: 0.5, cpu: 0.5));
        Assert.Equal(slices, _timeline.Count);
        Assert.Equal(new Slice(frames * 100, frames * 50, 0, 0), Rounded(_timeline.Total(0)));
        Assert.Equal(frames * 100, _timeline.LengthMs, 1e-6);
    }

    private static Frame At(int number, double busy, double? cpu) => Given.Frame(0, number) with { Workers = [new WorkerFrame(0, WorkerState.Running, busy, cpu, 5)] };

    private static Slice Rounded(Slice slice) => new(Math.Round(slice.Length, 6), Math.Round(slice.Computing, 6), Math.Round(slice.Waiting, 6), Math.Round(slice.Outside, 6));
}
