using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;
using Brigade.Web.Features.Kitchen;

namespace Brigade.Web.Tests.Features.Kitchen;

public sealed class ChefReaderTests
{
    [Fact]
    public void Read_ThreadsThatShareTheGil_AreAtTheOneStoveInTurnAndWaitForItElse()
    {
        var points = Kitchens.Read(Kitchens.Scene(Strategy.Threads), 100, cpu: 1.02, Kitchens.Busy(4, cpu: 0.25));

        Assert.Equal(0.25, Kitchens.Share(points, 'c'), 0.02);
        Assert.Equal(0.75, Kitchens.Share(points, 's'), 0.02);
        Assert.All(points, point => Assert.InRange(point.Letters.Count(letter => letter == 'c'), 0, 1));
        Assert.All(Enumerable.Range(0, 4), worker => Assert.InRange(points.Count(point => point.Letters[worker] == 'c'), 20, 30));
    }

    [Fact]
    public void Read_ThreadsThatShareTheGilOnABusyMachine_WaitForItAllButTheOneThatHasIt()
    {
        var points = Kitchens.Read(Kitchens.Scene(Strategy.Threads), 200, cpu: 0.2, Kitchens.Busy(4, cpu: 0.05, WorkerState.Running));

        Assert.Equal(0.05, Kitchens.Share(points, 'c'), 0.02);
        Assert.Equal(0.2, Kitchens.Share(points, 'p'), 0.02);
        Assert.Equal(0.75, Kitchens.Share(points, 's'), 0.02);
    }

    [Fact]
    public void Read_ThreadsThatWaitForAnswers_AreAtTheOvenAndNotAtTheGil()
    {
        var points = Kitchens.Read(Kitchens.Scene(Strategy.Threads, kernel: "io.sleep"), 100, cpu: 0.05, Kitchens.Busy(4, cpu: 0.01));

        Assert.Equal(0, Kitchens.Share(points, 's'));
        Assert.True(Kitchens.Share(points, 'o') > 0.95);
    }

    [Fact]
    public void Read_OwnCodeThatWaits_SaysThatItIsNotKnownWhatFor()
    {
        var scene = KitchenScene.Of(Kitchens.Cell(Strategy.Threads), Support.Given.Spec() with { Workload = new WorkloadSpec { Code = new CodeSpec { Language = "python" } } }, Support.Given.Machine);

        Assert.True(Kitchens.Share(Kitchens.Read(scene, 50, cpu: 0.3, Kitchens.Busy(4, cpu: 0.07)), 'w') > 0.85);
        Assert.True(Kitchens.Share(Kitchens.Read(scene, 50, cpu: 1, Kitchens.Busy(4, cpu: 0.25)), 's') > 0.7);
    }

    [Fact]
    public void Read_ThreadsOfARuntimeWithoutGil_NeverWaitForIt()
    {
        var points = Kitchens.Read(Kitchens.Scene(Strategy.Threads, runtime: "dotnet"), 100, cpu: 1.9, Kitchens.Busy(4, cpu: 0.48, WorkerState.Running));

        Assert.Equal(0, Kitchens.Share(points, 's'));
        Assert.Equal(0.52, Kitchens.Share(points, 'p'), 0.03);
    }

    [Fact]
    public void Read_WorkersOnALock_WaitForTheLock() =>
        Assert.True(Kitchens.Share(Kitchens.Read(Kitchens.Scene(Strategy.Processes, kernel: "shared.counter"), 50, cpu: 0.9, Kitchens.Busy(4, cpu: 0.2)), 'l') > 0.7);

    [Fact]
    public void Read_TinyTasksInProcesses_AreMostlyCarried()
    {
        var points = Kitchens.Read(Kitchens.Scene(Strategy.Processes, kernel: "noop"), 100, cpu: 1.8, Kitchens.Busy(2, cpu: 0.9, WorkerState.Running, busy: 0.1));

        Assert.Equal(0.1, Kitchens.Share(points, 'c'), 0.03);
        Assert.Equal(0.8, Kitchens.Share(points, 'f'), 0.03);
        Assert.Equal(0.1, Kitchens.Share(points, 'i'), 0.03);
    }

    [Fact]
    public void Read_CoroutinesOfABusyLoop_AreUnderTheOneChefsHandsOneAtATime()
    {
        var points = Kitchens.Read(Kitchens.Scene(Strategy.Async, workers: 10), 100, cpu: 1, Kitchens.Busy(10, cpu: null));

        Assert.All(points, point => Assert.Equal(1, point.Letters.Count(letter => letter == 'c')));
        Assert.Equal(0.9, Kitchens.Share(points, 's'), 0.02);
    }

    [Fact]
    public void Read_WorkerThatIsGone_IsGone() =>
        Assert.Equal("gg", Kitchens.Read(Kitchens.Scene(Strategy.Processes), 1, cpu: 0, Kitchens.Busy(2, 0, WorkerState.Gone, busy: 0))[0].Letters);

    [Fact]
    public void Read_IdleWorkers_AreIdle() => Assert.Equal("ii", Kitchens.Read(Kitchens.Scene(Strategy.Processes), 1, cpu: 0, Kitchens.Busy(2, 0, WorkerState.Idle, busy: 0))[0].Letters);

    [Fact]
    public void Read_TheSameFramesTwice_GivesTheSame()
    {
        var scene = Kitchens.Scene(Strategy.Threads);

        Assert.Equal(
            Kitchens.Read(scene, 30, 1.1, Kitchens.Busy(4, 0.27)).Select(point => point.Letters),
            Kitchens.Read(scene, 30, 1.1, Kitchens.Busy(4, 0.27)).Select(point => point.Letters), StringComparer.Ordinal);
    }

    [Fact]
    public void Read_Tasks_AreInMilliseconds()
    {
        var frame = Kitchens.Frame(3, 1, Kitchens.Busy(1, 1)) with { DurationMs = 200, Spans = new TaskSpans([0], [-5_000], [123_456], [0]) };

        var point = Assert.Single(new ChefReader(Kitchens.Scene(Strategy.Sequential)).Read([frame]));

        Assert.Equal((3, 2, 0.5), (point.From, point.Frames, point.Cpu));
        Assert.Equal((-0.5, 12.3456, 0), (point.Spans!.Starts[0], point.Spans.Durations[0], point.Spans.Errors[0]));
    }
}
