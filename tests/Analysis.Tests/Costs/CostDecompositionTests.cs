using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;
using CsCheck;
using Xunit;

namespace Brigade.Analysis.Tests.Costs;

public sealed class CostDecompositionTests
{
    private const double Tolerance = 1e-4;

    [Fact]
    public void Build_ThreadsUnderTheGil_WaitForIt()
    {
        var cells = new RunBuilder().Add(
            CostRuns.Cell(Runs.Python, Strategy.Sequential, 1, taskMs: 10, cpuMs: 1_000),
            CostRuns.Cell(Runs.Python, Strategy.Threads, 4, taskMs: 39, cpuMs: 1_000)).Build().Cells;

        Assert.Equal(1, cells[0].Share(CostKind.Work), Tolerance);
        Assert.Equal(0.25, cells[1].Share(CostKind.Work), Tolerance);
        Assert.Equal(2_900 / 4_000.0, cells[1].Share(CostKind.LockWait), Tolerance);
        Assert.Equal(100 / 4_000.0, cells[1].Share(CostKind.QueueWait), Tolerance);
        Assert.Equal(0, cells[1].Costs!.Alone);
    }

    [Fact]
    public void Build_WorkThatWaitsByItsNature_IsWorkAndNoLockWait()
    {
        var cells = new RunBuilder().Add(
            CostRuns.Cell(Runs.Python, Strategy.Sequential, 1, taskMs: 10, cpuMs: 20),
            CostRuns.Cell(Runs.Python, Strategy.Threads, 2, taskMs: 10, cpuMs: 20)).Build().Cells;

        Assert.Equal(0.98, cells[0].Share(CostKind.WorkWaiting), Tolerance);
        Assert.Equal(0.49, cells[1].Share(CostKind.WorkWaiting), Tolerance);
        Assert.Equal(0, cells[1].Share(CostKind.LockWait), Tolerance);
    }

    [Fact]
    public void Build_NoOneWorkerCell_DoesNotTellWaitsApart()
    {
        var cell = new RunBuilder().Add(CostRuns.Cell(Runs.Python, Strategy.Threads, 2, taskMs: 20, cpuMs: 500)).Build().Cells[0];

        Assert.Equal(0.75, cell.Share(CostKind.Wait), Tolerance);
        Assert.Equal((0.0, 0.0), (cell.Share(CostKind.WorkWaiting), cell.Share(CostKind.LockWait)));
        Assert.Null(cell.Costs!.Alone);
    }

    [Fact]
    public void Build_OtherParameters_AreOtherWork()
    {
        var other = CostRuns.Cell(Runs.Python, Strategy.Sequential, 1, taskMs: 10, cpuMs: 20) with { Params = new(StringComparer.Ordinal) { ["limit"] = ParameterValue.Of(9) } };
        var cells = new RunBuilder().Add(other, CostRuns.Cell(Runs.Python, Strategy.Threads, 2, taskMs: 20, cpuMs: 500)).Build().Cells;

        Assert.Null(cells[1].Costs!.Alone);
    }

    [Fact]
    public void Build_NoProcessorToRunOn_IsTheRunQueueAndNoLock()
    {
        var cells = new RunBuilder().Add(
            CostRuns.Cell(Runs.DotNet, Strategy.Sequential, 1, taskMs: 10, cpuMs: 600, result => result with { RunDelayMs = 400 }),
            CostRuns.Cell(Runs.DotNet, Strategy.Threads, 4, taskMs: 40, cpuMs: 2_000, result => result with { RunDelayMs = 1_900 })).Build().Cells;

        Assert.Equal((0.4, 0.0), (cells[0].Share(CostKind.RunQueue), cells[0].Share(CostKind.WorkWaiting)));
        Assert.Equal(0.475, cells[1].Share(CostKind.RunQueue), Tolerance);
        Assert.Equal(0.025, cells[1].Share(CostKind.LockWait), Tolerance);
    }

    [Fact]
    public void Build_KernelThatDoesNotTellOfTheRunQueue_LeavesItUnexplained()
    {
        var cells = new RunBuilder().Add(
            CostRuns.Cell(Runs.Python, Strategy.Sequential, 1, taskMs: 10, cpuMs: 1_000, result => result with { RunDelayMs = null }),
            CostRuns.Cell(Runs.Python, Strategy.Threads, 2, taskMs: 20, cpuMs: 1_000, result => result with { RunDelayMs = null })).Build().Cells;

        Assert.Equal(0.5, cells[1].Share(CostKind.Unexplained), Tolerance);
        Assert.Equal(0, cells[1].Share(CostKind.LockWait), Tolerance);
    }

    [Fact]
    public void Build_ProcessesWithALargePayload_SpendTheirTimeCarryingIt()
    {
        var cells = new RunBuilder().Add(
            CostRuns.Cell(Runs.Python, Strategy.Sequential, 1, taskMs: 2, cpuMs: 200),
            CostRuns.Cell(Runs.Python, Strategy.Processes, 2, taskMs: 2, cpuMs: 700, result => result with { SerializationMs = 500, ChannelMs = 900 })).Build().Cells;

        Assert.Equal(0.25, cells[1].Share(CostKind.Serialization), Tolerance);
        Assert.Equal(0.45, cells[1].Share(CostKind.Channel), Tolerance);
        Assert.Equal(0.20, cells[1].Share(CostKind.QueueWait), Tolerance);
        Assert.Equal(0.10, cells[1].Share(CostKind.Work), Tolerance);
    }

    [Fact]
    public void Build_TransportBesideWork_CountsOnlyAsFarAsWorkersWaited()
    {
        var cell = new RunBuilder().Add(CostRuns.Cell(Runs.Python, Strategy.Processes, 1, taskMs: 9, cpuMs: 900, result => result with { SerializationMs = 300, ChannelMs = 100 })).Build().Cells[0];

        Assert.Equal(0.075, cell.Share(CostKind.Serialization), Tolerance);
        Assert.Equal(0.025, cell.Share(CostKind.Channel), Tolerance);
        Assert.Equal(0, cell.Share(CostKind.QueueWait), Tolerance);
    }

    [Fact]
    public void Build_ProcessPerTask_TellsTheStartFromTheWork()
    {
        var cells = new RunBuilder().Add(
            CostRuns.Cell(Runs.Python, Strategy.Sequential, 1, taskMs: 2, cpuMs: 150),
            CostRuns.Cell(Runs.Python, Strategy.ProcessPerTask, 1, taskMs: 10, cpuMs: 900, result => result with { WorkerCpuMs = null, SerializationMs = 50, ChannelMs = 30 })).Build().Cells;

        Assert.Equal((0.15, 0.05, 0.05, 0.03), (Round(cells[1], CostKind.Work), Round(cells[1], CostKind.WorkWaiting), Round(cells[1], CostKind.Serialization), Round(cells[1], CostKind.Channel)));
        Assert.Equal(0.72, cells[1].Share(CostKind.ProcessStart), Tolerance);
    }

    [Fact]
    public void Build_AsyncThatComputes_WaitsForItsTurnOnTheLoop()
    {
        // Four coroutines compute 1,000 ms on one thread between them, each with a task open all the time.
        var cells = new RunBuilder().Add(
            CostRuns.Cell(Runs.Python, Strategy.Sequential, 1, taskMs: 10, cpuMs: 1_000),
            CostRuns.Cell(Runs.Python, Strategy.Async, 4, taskMs: 40, cpuMs: 1_100, result => result with { WorkerCpuMs = null })).Build().Cells;

        Assert.Equal(0.25, cells[1].Share(CostKind.Work), Tolerance);
        Assert.Equal(0.75, cells[1].Share(CostKind.LockWait), Tolerance);
    }

    [Fact]
    public void Build_OpenLoad_IsIdleUntilWorkArrives()
    {
        var cell = new RunBuilder { Load = new() { Rate = 100, Duration = TimeSpan.FromSeconds(1) } }.Add(CostRuns.Cell(
            Runs.Python, Strategy.Threads, 1, taskMs: 2, cpuMs: 200,
            result => result with { Latency = result.Latency with { MeanMs = 7 }, Uncorrected = result.Latency, BetweenTasksMs = 100, IdleMs = 700 })).Build().Cells[0];

        Assert.Equal((0.2, 0.1, 0.7), (Round(cell, CostKind.Work), Round(cell, CostKind.QueueWait), Round(cell, CostKind.Idle)));
    }

    [Fact]
    public void Build_TimeOfALostWorker_IsUnexplained()
    {
        var cell = new RunBuilder().Add(CostRuns.Cell(Runs.Python, Strategy.Processes, 1, taskMs: 6, cpuMs: 600, result => result with { BetweenTasksMs = 100 })).Build().Cells[0];

        Assert.Equal(0.3, cell.Share(CostKind.Unexplained), Tolerance);
    }

    [Fact]
    public void Build_TrialsFromBeforeThisWasMeasured_HaveNoCosts() => Assert.Null(Runs.PythonPrimes().Build().Cells[0].Costs);

    [Fact]
    public void Build_RepetitionsThatDiffer_GiveTheRangeOfTheirShares()
    {
        var cell = new RunBuilder().Add(CostRuns.Cell(Runs.Python, Strategy.Sequential, 1, taskMs: 10, cpuMs: 1_000, result => result.Repetition == 1 ? result with { WorkerCpuMs = 800 } : result)).Build().Cells[0];

        var work = Assert.Single(cell.Costs!.Parts, part => part.Kind == CostKind.Work);
        Assert.Equal((0.8, 0.9, 1.0), (work.Low, work.Share, work.High));
        Assert.Equal((1_000, 50), (cell.Costs.BudgetMs, cell.Costs.StartupMs));
    }

    [Fact]
    public void Build_WhateverWasMeasured_PartsSumToTheWhole()
    {
        var ms = Gen.Double[0, 5_000];
        Gen.Select(Gen.Enum<Strategy>(), Gen.Int[1, 8], ms, ms, ms).SelectMany(first => Gen.Select(ms, ms, ms, Gen.Bool, Gen.Bool), (first, second) => (first, second)).Sample(sample =>
        {
            var ((strategy, workers, task, cpu, delay), (between, idle, transport, hasThreads, hasAlone)) = sample;
            var cell = CostRuns.Cell(Runs.Python, strategy, strategy == Strategy.Sequential ? 1 : workers, task / 100, cpu, result => result with
            {
                WorkerCpuMs = hasThreads ? cpu : null,
                RunDelayMs = delay,
                BetweenTasksMs = between,
                IdleMs = idle,
                SerializationMs = transport / 2,
                ChannelMs = transport,
            });
            var alone = CostRuns.Cell(Runs.Python, Strategy.Sequential, 1, taskMs: 10, cpuMs: 500);
            var costs = new RunBuilder().Add(hasAlone ? [cell, alone] : [cell]).Build().Cells[0].Costs!;
            Assert.Equal(1, costs.Parts.Sum(part => part.Share), Tolerance);
            Assert.Equal(costs.BudgetMs, costs.Parts.Sum(part => part.Ms), costs.BudgetMs * Tolerance);
            Assert.All(costs.Parts, part => Assert.InRange(part.Share, 0, 1 + Tolerance));
        }, iter: 300);
    }

    private static double Round(CellResult cell, CostKind kind) => Math.Round(cell.Share(kind), 4);
}
