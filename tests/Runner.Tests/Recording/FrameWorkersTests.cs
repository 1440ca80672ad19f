using Brigade.Contracts.Runs;
using Brigade.Runner.Protocol;
using Brigade.Runner.Recording;
using Brigade.Runner.Tests.Fakes;
using Xunit;

namespace Brigade.Runner.Tests.Recording;

/// <summary>What frames say of workers. Measuring begins at 1000 ms of the clock in all of these.</summary>
public sealed class FrameWorkersTests
{
    private const long Ms = 1_000_000;
    private const long Later = 1_000_000 * Ms;

    [Fact]
    public void Tick_TasksWithinFrames_GiveTheirBusyShare()
    {
        var frames = Frames([Samples.Task(0, 1000, 1030), Samples.Task(0, 1080, 1120), Samples.Task(0, 1190, 1290)], new WorkerSample('S', 0));

        Assert.Equal([0.5, 0.3], frames.Select(frame => frame.Workers[0].Busy));
    }

    [Fact]
    public void Tick_TaskOverThreeFrames_IsBusyInEach()
    {
        var frames = Frames([Samples.Task(0, 1050, 1290)], new WorkerSample('S', 0));

        Assert.Equal([0.5, 1.0], frames.Select(frame => frame.Workers[0].Busy));
    }

    [Theory]
    [InlineData('R', WorkerState.Running)]
    [InlineData('S', WorkerState.Waiting)]
    [InlineData('D', WorkerState.Waiting)]
    [InlineData('Z', WorkerState.Gone)]
    public void Tick_InATask_StateIsTheThreadsOwn(char thread, WorkerState expected)
    {
        var frames = Frames([Samples.Task(0, 1000, 1290)], new WorkerSample(thread, 0));

        Assert.Equal(expected, frames[0].Workers[0].State);
    }

    [Fact]
    public void Tick_BetweenTasksAtTheEnd_IsIdle() =>
        Assert.Equal(WorkerState.Idle, Frames([Samples.Task(0, 1000, 1090), Samples.Task(0, 1110, 1200)], new WorkerSample('S', 0))[0].Workers[0].State);

    [Fact]
    public void Tick_TaskNotEnded_CountsAsInATaskWhileTasksRemain()
    {
        var frames = Frames([Samples.Task(0, 1000, 1020)], new WorkerSample('S', 0), tasks: 2);

        Assert.Equal((1.0, WorkerState.Waiting), (frames[0].Workers[0].Busy, frames[0].Workers[0].State));
        Assert.Equal((1.0, WorkerState.Waiting), (frames[1].Workers[0].Busy, frames[1].Workers[0].State));
    }

    [Fact]
    public void Tick_AllTasksEnded_IsIdle()
    {
        var frames = Frames([Samples.Task(0, 1000, 1020)], new WorkerSample('S', 0), tasks: 1);

        Assert.Equal((0.2, WorkerState.Idle), (frames[0].Workers[0].Busy, frames[0].Workers[0].State));
        Assert.Equal((0.0, WorkerState.Idle), (frames[1].Workers[0].Busy, frames[1].Workers[0].State));
    }

    [Fact]
    public void Tick_OneTaskLeftForTwoWorkers_BelongsToTheOneThatRuns()
    {
        var recorder = Begin(2, new LoadBounds(3, null));
        recorder.Fold([Samples.Task(0, 1000, 1010), Samples.Task(1, 1000, 1010)], Later);

        var frame = recorder.Tick(Samples.At(1201 * Ms, workers: [new WorkerSample('S', 0), new WorkerSample('R', 50 * Ms)]))[0];

        Assert.Equal([WorkerState.Idle, WorkerState.Running], frame.Workers.Select(worker => worker.State));
        Assert.Equal([0.1, 1.0], frame.Workers.Select(worker => worker.Busy));
    }

    [Fact]
    public void Tick_EventLoopThatComputes_HasOneWorkerInATask()
    {
        var recorder = Begin(3, new LoadBounds(100, null), sharesOneThread: true);

        var frame = recorder.Tick(Samples.At(1200 * Ms, userMs: 200, workers: [new('R', null), new('R', null), new('R', null)]))[0];

        Assert.Equal(1, frame.Workers.Count(worker => worker.State == WorkerState.Running));
        Assert.Equal(2, frame.Workers.Count(worker => worker.State == WorkerState.Idle));
        Assert.All(frame.Workers, worker => Assert.Null(worker.Cpu));
    }

    [Fact]
    public void Tick_PoolThatComputes_HasAllWorkersInTasks()
    {
        var recorder = Begin(3, new LoadBounds(100, null));

        var frame = recorder.Tick(Samples.At(1200 * Ms, userMs: 300, workers: [new('R', null), new('R', null), new('R', null)]))[0];

        Assert.All(frame.Workers, worker => Assert.Equal((WorkerState.Running, 1.0), (worker.State, worker.Busy)));
    }

    [Fact]
    public void Tick_EventLoopThatWaits_HasAllWorkersInTasks()
    {
        var recorder = Begin(3, new LoadBounds(100, null), sharesOneThread: true);

        var frame = recorder.Tick(Samples.At(1200 * Ms, userMs: 2, workers: [new('S', null), new('S', null), new('S', null)]))[0];

        Assert.All(frame.Workers, worker => Assert.Equal((WorkerState.Waiting, 1.0), (worker.State, worker.Busy)));
    }

    [Fact]
    public void Tick_DurationIsOver_DoesNotAssumeMoreTasks()
    {
        var recorder = Begin(1, new LoadBounds(null, 50 * Ms));
        recorder.Fold([Samples.Task(0, 1000, 1060)], Later);

        Assert.Equal(0.6, recorder.Tick(Samples.At(1201 * Ms, workers: [new('S', 0)]))[0].Workers[0].Busy);
    }

    [Fact]
    public void Tick_ThreadsOwnClock_GivesTheShareOnAProcessor()
    {
        var recorder = Begin(1, new LoadBounds(10, null), [new WorkerSample('R', 500 * Ms)]);

        recorder.Tick(Samples.At(1101 * Ms, workers: [new('R', 525 * Ms)]));

        Assert.Equal(0.25, recorder.Tick(Samples.At(1201 * Ms, workers: [new('R', 600 * Ms)]))[0].Workers[0].Cpu);
    }

    private static List<Frame> Frames(TaskRecord[] records, WorkerSample worker, long tasks = 100)
    {
        var recorder = Begin(1, new LoadBounds(tasks, null));
        recorder.Fold(records, Later);
        return [.. recorder.Tick(Samples.At(1201 * Ms, workers: [worker])), .. recorder.Tick(Samples.At(1301 * Ms, workers: [worker]))];
    }

    private static TrialRecorder Begin(int workers, LoadBounds load, WorkerSample[]? samples = null, bool sharesOneThread = false)
    {
        var recorder = new TrialRecorder(0, workers, load, sharesOneThread);
        recorder.Begin(1000 * Ms, Samples.At(1000 * Ms, workers: samples ?? []));
        return recorder;
    }
}
