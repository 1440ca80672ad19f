using System.Numerics;
using Brigade.Contracts.Plan;
using Brigade.Contracts.Spec;
using Brigade.Contracts.Tests.Spec;
using CsCheck;

namespace Brigade.Contracts.Tests.Plan;

public sealed class TrialPlannerTests
{
    private static readonly ExperimentSpec Primes = new()
    {
        Name = "a",
        Workload = new WorkloadSpec { Kernel = "cpu.primes" },
        Matrix = new MatrixSpec { Runtime = ["python", "dotnet"], Workers = [1, 2] },
    };

    [Fact]
    public void Expand_WhatARuntimeDoesNotHave_IsDroppedAndTheNotesSayWhy()
    {
        var spec = new ExperimentSpec
        {
            Name = "a",
            Workload = new WorkloadSpec { Kernel = "noop" },
            Matrix = new MatrixSpec { Runtime = ["node", "dotnet"], Strategy = [Strategy.Threads, Strategy.Processes, Strategy.ProcessPerTask], Workers = [2], Channel = [Channel.Pipe, Channel.Queue] },
        };

        var plan = TrialPlanner.Expand(spec, seed: 1);

        Assert.Equal(["threads", "processes pipe", "process-per-task"], plan.Cells.Where(cell => cell.Runtime == "node").Select(cell => $"{EnumName.Of(cell.Strategy)} {(cell.Channel is { } channel ? EnumName.Of(channel) : "")}".TrimEnd()), StringComparer.Ordinal);
        Assert.Equal(
            ["4 cells folded: a channel applies to processes only.", "1 cell dropped: Node.js does not have the channel queue."],
            plan.Notes, StringComparer.Ordinal);
    }

    [Fact]
    public void Expand_AKernelOrWorkloadThatARuntimeDoesNotHave_DropsAllItsCells()
    {
        var spec = new ExperimentSpec { Name = "a", Workload = new WorkloadSpec { Kernel = "shared.counter" }, Matrix = new MatrixSpec { Runtime = ["node20", "python"], Strategy = [Strategy.Threads], Workers = [2] } };

        Assert.Equal(["1 cell dropped: Node.js does not have the kernel shared.counter."], TrialPlanner.Expand(spec, seed: 1).Notes, StringComparer.Ordinal);
        Assert.Equal(
            ["1 cell dropped: Node.js does not have the workload command."],
            TrialPlanner.Expand(spec with { Workload = new WorkloadSpec { Command = new CommandSpec { Argv = ["true"] } } }, seed: 1).Notes, StringComparer.Ordinal);
    }

    [Fact]
    public void Expand_DefaultStrategies_FoldsSequentialToOneWorker()
    {
        var plan = TrialPlanner.Expand(Primes, 1);

        Assert.Equal(18, plan.Cells.Count);
        Assert.Equal(54, plan.Trials.Count);
        Assert.Equal(1, plan.Seed);
        Assert.Equal([1, 1], plan.Cells.Where(cell => cell.Strategy == Strategy.Sequential).Select(cell => cell.Workers));
        Assert.Equal(["2 cells folded: sequential always has 1 worker."], plan.Notes, StringComparer.Ordinal);
    }

    [Fact]
    public void Expand_CoordinatesThatDoNotApply_AreNullAndFolded()
    {
        var plan = TrialPlanner.Expand(
            Primes with
            {
                Matrix = Primes.Matrix with
                {
                    Strategy = [Strategy.Threads, Strategy.Pool, Strategy.Processes],
                    Workers = [2],
                    Channel = [Channel.Pipe, Channel.Queue],
                    StartMethod = [StartMethod.Fork, StartMethod.Spawn],
                    ChunkSize = [1, 64],
                },
            },
            1);

        Assert.Equal(
            [
                ("python", Strategy.Threads, null, null, null),
                ("python", Strategy.Pool, null, null, 1),
                ("python", Strategy.Pool, null, null, 64),
                ("python", Strategy.Processes, Channel.Pipe, StartMethod.Fork, 1),
                ("python", Strategy.Processes, Channel.Pipe, StartMethod.Fork, 64),
                ("python", Strategy.Processes, Channel.Pipe, StartMethod.Spawn, 1),
                ("python", Strategy.Processes, Channel.Pipe, StartMethod.Spawn, 64),
                ("python", Strategy.Processes, Channel.Queue, StartMethod.Fork, 1),
                ("python", Strategy.Processes, Channel.Queue, StartMethod.Fork, 64),
                ("python", Strategy.Processes, Channel.Queue, StartMethod.Spawn, 1),
                ("python", Strategy.Processes, Channel.Queue, StartMethod.Spawn, 64),
                ("dotnet", Strategy.Threads, null, null, null),
                ("dotnet", Strategy.Pool, null, null, 1),
                ("dotnet", Strategy.Processes, Channel.Pipe, null, 1),
                ("dotnet", Strategy.Processes, Channel.Pipe, null, 64),
                ("dotnet", Strategy.Processes, Channel.Queue, null, 1),
                ((string, Strategy, Channel?, StartMethod?, int?))("dotnet", Strategy.Processes, Channel.Queue, null, 64),
            ],
            plan.Cells.Select(cell => (cell.Runtime, cell.Strategy, cell.Channel, cell.StartMethod, cell.ChunkSize)));
        Assert.Equal(
            [
                "16 cells folded: a channel applies to processes only.", "12 cells folded: a start method applies to processes and process-per-task in Python only.", "2 cells folded: a chunk size applies to pool and processes only.",
                "1 cell folded: the .NET pool always takes 1 task at a time."],
            plan.Notes,
            StringComparer.Ordinal);
    }

    [Fact]
    public void Expand_DotNetPoolWithChunksOnly_TakesOneTaskAndSaysSo()
    {
        var plan = TrialPlanner.Expand(Primes with { Matrix = Primes.Matrix with { Strategy = [Strategy.Pool], Workers = [2], ChunkSize = [16] } }, 1);

        Assert.Equal([("python", 16), ("dotnet", 1)], plan.Cells.Select(cell => (cell.Runtime, cell.ChunkSize ?? 0)));
        Assert.Equal(["Cells of the .NET pool have chunk size 1, which the matrix does not list."], plan.Notes, StringComparer.Ordinal);
    }

    [Fact]
    public void Expand_StartMethodNotGiven_IsNull() => Assert.All(TrialPlanner.Expand(Primes, 1).Cells, cell => Assert.Null(cell.StartMethod));

    [Fact]
    public void Expand_PythonCode_DropsDotNet()
    {
        var plan = TrialPlanner.Expand(Primes with { Workload = new WorkloadSpec { Code = new CodeSpec { Language = "python", Source = "x" } } }, 1);

        Assert.All(plan.Cells, cell => Assert.Equal("python", cell.Runtime));
        Assert.Equal(["10 cells dropped: the workload's code is python, which does not run on dotnet.", "1 cell folded: sequential always has 1 worker."], plan.Notes, StringComparer.Ordinal);
    }

    [Fact]
    public void Expand_WorkersWithoutOne_SaysThatSequentialHasOne()
    {
        var plan = TrialPlanner.Expand(Primes with { Matrix = new MatrixSpec { Strategy = [Strategy.Sequential], Workers = [4] } }, 1);

        Assert.Equal(1, Assert.Single(plan.Cells).Workers);
        Assert.Equal(["Sequential cells have 1 worker, which the matrix does not list."], plan.Notes, StringComparer.Ordinal);
    }

    [Fact]
    public void Expand_Parameters_AreDefaultsThenTheWorkloadsThenTheSweptOnes()
    {
        var plan = TrialPlanner.Expand(
            Primes with
            {
                Workload = new WorkloadSpec { Kernel = "mixed", Params = new Dictionary<string, ParameterValue>(StringComparer.Ordinal) { ["waitMilliseconds"] = ParameterValue.Of(7) } },
                Matrix = new MatrixSpec { Strategy = [Strategy.Threads], Workers = [1], Params = new Dictionary<string, IReadOnlyList<ParameterValue>>(StringComparer.Ordinal) { ["waitMilliseconds"] = [ParameterValue.Of(8), ParameterValue.Of(9)] } },
            },
            1);
        var pi = TrialPlanner.Expand(Primes with { Workload = new WorkloadSpec { Kernel = "cpu.pi", Params = new Dictionary<string, ParameterValue>(StringComparer.Ordinal) { ["seed"] = ParameterValue.Of(7) } } }, 1);

        Assert.Equal(["2 8", "2 9"], plan.Cells.Select(cell => $"{cell.Params["cpuMilliseconds"]} {cell.Params["waitMilliseconds"]}"), StringComparer.Ordinal);
        Assert.All(pi.Cells, cell => Assert.Equal("5000 7", $"{cell.Params["points"]} {cell.Params["seed"]}"));
    }

    [Fact]
    public void Expand_Payload_AppliesToProcessesOnly()
    {
        var plan = TrialPlanner.Expand(Primes with { Matrix = new MatrixSpec { Strategy = [Strategy.Threads, Strategy.Processes, Strategy.ProcessPerTask], Workers = [1], PayloadBytes = [0, 65_536] } }, 1);

        Assert.Equal(
            [(Strategy.Threads, 0), (Strategy.Processes, 0), (Strategy.Processes, 65_536), (Strategy.ProcessPerTask, 0), (Strategy.ProcessPerTask, 65_536)],
            plan.Cells.Select(cell => (cell.Strategy, cell.PayloadBytes)));
        Assert.Contains("1 cell folded: a payload is carried between processes only.", plan.Notes, StringComparer.Ordinal);
    }

    [Fact]
    public void Expand_OnlyAPayload_SaysThatThreadsCarryNone()
    {
        var plan = TrialPlanner.Expand(Primes with { Matrix = new MatrixSpec { Strategy = [Strategy.Threads], Workers = [1], PayloadBytes = [64] } }, 1);

        Assert.Equal(0, Assert.Single(plan.Cells).PayloadBytes);
        Assert.Equal(["Cells of strategies without processes carry no payload, which the matrix does not list."], plan.Notes);
    }

    [Fact]
    public void Expand_Listed_KeepsTheOrderOfTheMatrix()
    {
        var plan = TrialPlanner.Expand(Primes with { Order = TrialOrder.Listed, Repeat = 2, Matrix = new MatrixSpec { Strategy = [Strategy.Threads], Workers = [2, 1] } }, 7);

        Assert.Equal([new PlannedTrial(0, 0, 1), new PlannedTrial(1, 0, 2), new PlannedTrial(2, 1, 1), new PlannedTrial(3, 1, 2)], plan.Trials);
        Assert.Equal([2, 1], plan.Cells.Select(cell => cell.Workers));
    }

    /// <summary>The order of a stored seed is a promise: this list may not change with a version of the product.</summary>
    [Fact]
    public void Expand_Seed42_GivesTheOrderThatItAlwaysGave()
    {
        var plan = TrialPlanner.Expand(Primes with { Repeat = 2, Matrix = new MatrixSpec { Strategy = [Strategy.Threads], Workers = [1, 2, 3, 4, 5, 6] } }, 42);

        Assert.Equal("4 3 0 2 5 1 0 2 3 5 1 4", string.Join(' ', plan.Trials.Select(trial => trial.Cell)));
    }

    [Fact]
    public void Expand_TooLargeMatrix_IsRefused() =>
        Assert.Throws<ArgumentException>(() => TrialPlanner.Expand(Primes with { Repeat = 1_000 }, 1));

    [Fact]
    public void Count_AstronomicMatrix_IsExact()
    {
        var list = Enumerable.Range(1, 100_000).ToArray();
        var swept = new Dictionary<string, IReadOnlyList<ParameterValue>>(StringComparer.Ordinal) { ["points"] = [.. list.Select(value => ParameterValue.Of(value))], ["seed"] = [.. list.Select(value => ParameterValue.Of(value))] };

        var size = TrialPlanner.Count(Primes with { Repeat = 10, Matrix = new MatrixSpec { Strategy = [Strategy.Processes], Workers = list, ChunkSize = list, PayloadBytes = list, Params = swept } });

        Assert.Equal(new PlanSize(BigInteger.Pow(10, 25), BigInteger.Pow(10, 26)), size);
    }

    [Fact]
    public void Expand_AnySpec_HasEachCellOnceInEachBlock() => SpecGen.Spec.Sample(
        spec =>
        {
            var plan = TrialPlanner.Expand(spec, 5);
            Assert.Equal(new PlanSize(plan.Cells.Count, plan.Trials.Count), TrialPlanner.Count(spec));
            Assert.Equal(Enumerable.Range(0, plan.Trials.Count), plan.Trials.Select(trial => trial.Index));
            var blocks = spec.Order == TrialOrder.Interleaved ? plan.Trials.Chunk(plan.Cells.Count) : plan.Trials.GroupBy(trial => trial.Repetition).Select(block => block.ToArray());
            var repetition = 0;
            foreach (var block in blocks)
            {
                repetition++;
                Assert.All(block, trial => Assert.Equal(repetition, trial.Repetition));
                Assert.Equal(Enumerable.Range(0, plan.Cells.Count), block.Select(trial => trial.Cell).Order());
            }

            Assert.Equal(spec.Repeat, repetition);
        },
        iter: 300);

    [Fact]
    public void Expand_AnySpec_HasNoCellTwice() => SpecGen.Spec.Sample(
        spec =>
        {
            var cells = TrialPlanner.Expand(spec, 5).Cells.Select(cell => cell with { Params = new Dictionary<string, ParameterValue>(StringComparer.Ordinal) } + string.Join(' ', cell.Params)).ToList();
            Assert.Equal(cells.Count, cells.Distinct(StringComparer.Ordinal).Count());
        },
        iter: 300);

    [Fact]
    public void Expand_AnySpecAndSeed_IsTheSameTwice() => Gen.Select(SpecGen.Spec, Gen.Int).Sample(
        (spec, seed) => Assert.Equal(TrialPlanner.Expand(spec, seed).Trials, TrialPlanner.Expand(spec, seed).Trials),
        iter: 200);

    [Fact]
    public void Expand_ManySeeds_PutsEachCellFirstEquallyOften()
    {
        var spec = Primes with { Repeat = 1, Matrix = new MatrixSpec { Strategy = [Strategy.Threads], Workers = [1, 2, 3, 4, 5] } };

        var first = Enumerable.Range(0, 5_000).CountBy(seed => TrialPlanner.Expand(spec, seed).Trials[0].Cell).ToList();

        Assert.Equal(5, first.Count);
        Assert.All(first, pair => Assert.InRange(pair.Value, 850, 1_150));
    }
}
