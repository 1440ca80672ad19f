using Brigade.Runner.Protocol;
using Brigade.Runner.Recording;
using Brigade.Runner.Tests.Fakes;
using Xunit;

namespace Brigade.Runner.Tests.Recording;

/// <summary>Times in milliseconds from 1000 on, when measuring begins.</summary>
public sealed class WorkerTimesTests
{
    private const long Ms = 1_000_000;

    private readonly WorkerTimes _times = new(workers: 2);

    [Fact]
    public void Within_ClosedLoad_TellsBetweenTasksFromTheEnd()
    {
        Add(Samples.Task(0, 1000, 1040), Samples.Task(1, 1010, 1020), Samples.Task(0, 1050, 1100));

        // Worker 0 waits 10 between its tasks; worker 1 waits 10 for its first, and has nothing for 80 after it.
        Assert.Equal(new WorkerGaps(20, 80), Within(1000, 1100));
    }

    [Fact]
    public void Within_WorkerWithoutATask_IsIdleAllTheTime()
    {
        Add(Samples.Task(0, 1000, 1100));

        Assert.Equal(new WorkerGaps(0, 100), Within(1000, 1100));
    }

    [Fact]
    public void Within_OpenLoad_IsIdleUntilTheArrival()
    {
        Add(Arrived(0, due: 1000, 1000, 1010), Arrived(0, due: 1050, 1055, 1060), Arrived(1, due: 1020, 1025, 1100));

        // Worker 0: idle from 1010 to 1050 and from 1060 on, late by 5. Worker 1: idle until 1020, late by 5.
        Assert.Equal(new WorkerGaps(10, 100), Within(1000, 1100));
    }

    [Fact]
    public void Within_OpenLoadBehindItsSchedule_IsNeverIdle()
    {
        Add(Arrived(0, due: 1000, 1000, 1050), Arrived(0, due: 1010, 1052, 1100), Arrived(1, due: 1000, 1000, 1100));

        Assert.Equal(new WorkerGaps(2, 0), Within(1000, 1100));
    }

    [Fact]
    public void Within_LostWorker_LeavesTheTimeUntilItsReplacementOut()
    {
        Add(Samples.Task(0, 1000, 1100), Samples.Task(1, 1000, 1010));
        _times.Replace(1, 1070 * Ms);
        Add(Samples.Task(1, 1075, 1100));

        Assert.Equal(new WorkerGaps(5, 0), Within(1000, 1100));
    }

    [Fact]
    public void Within_WorkerLostBeforeItsFirstTask_LeavesTheTimeUntilItsReplacementOut()
    {
        Add(Samples.Task(0, 1000, 1100));
        _times.Replace(1, 1070 * Ms);
        Add(Samples.Task(1, 1075, 1100));

        Assert.Equal(new WorkerGaps(5, 0), Within(1000, 1100));
    }

    private static TaskRecord Arrived(int worker, long due, long start, long end) => new(worker, false, due * Ms, start * Ms, end * Ms);

    private void Add(params TaskRecord[] records)
    {
        foreach (var record in records)
        {
            _times.Add(in record);
        }
    }

    private WorkerGaps Within(long from, long to) => _times.Within(from * Ms, (to - from) * Ms);
}
