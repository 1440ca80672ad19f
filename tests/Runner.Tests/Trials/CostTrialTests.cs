using Brigade.Analysis;
using Brigade.Contracts.Plan;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;
using Brigade.Runner.Runtimes;
using Brigade.Runner.Tests.Fakes;
using Brigade.Runner.Trials;
using Xunit;

namespace Brigade.Runner.Tests.Trials;

/// <summary>
/// Where the time of workers goes in real trials. What a busy machine takes, the run queue, is a part of its own; so each test compares parts that a busy machine slows alike.
/// </summary>
public sealed class CostTrialTests
{
    private const double Tolerance = 1e-4;

    [Fact]
    public async Task Result_PythonThreadsThatCompute_WaitForTheGilMostOfAll()
    {
        var cells = await MeasureAsync(Spec("cpu.primes", ("limit", 20_000), [Strategy.Sequential, Strategy.Threads], workers: 4));

        // One of four runs. A thread that waits for the GIL asks again each 5 ms, and on a busy machine waits for a processor to do so.
        var threads = Shares(cells, Strategy.Threads);
        Assert.True(threads(CostKind.LockWait) > threads(CostKind.Work), Describe(cells));
        Assert.True(threads(CostKind.LockWait) > 5 * threads(CostKind.WorkWaiting), Describe(cells));
        Assert.True(threads(CostKind.LockWait) > 0.5 || threads(CostKind.RunQueue) > 0.15, Describe(cells));
        Assert.Equal(0, Shares(cells, Strategy.Sequential)(CostKind.LockWait));
    }

    [Theory]
    [InlineData("python", Strategy.Threads)]
    [InlineData("python", Strategy.Async)]
    [InlineData("dotnet", Strategy.Threads)]
    public async Task Result_TasksThatWait_SpendTheirTimeInWorkWaiting(string runtime, Strategy strategy)
    {
        var cells = await MeasureAsync(Spec("io.sleep", ("milliseconds", 10), [Strategy.Sequential, strategy], workers: 4, runtime));

        var shares = Shares(cells, strategy);
        Assert.True(shares(CostKind.WorkWaiting) > 0.5, Describe(cells));
        Assert.True(shares(CostKind.WorkWaiting) > 4 * shares(CostKind.LockWait), Describe(cells));
    }

    [Fact]
    public async Task Result_PythonProcessesWithAMebibyteEach_SpendTheirTimeCarryingIt()
    {
        var spec = Spec("noop", null, [Strategy.Sequential, Strategy.Processes], workers: 2);
        var cells = await MeasureAsync(spec with { Matrix = spec.Matrix with { PayloadBytes = [1 << 20] } });

        var processes = Shares(cells, Strategy.Processes);
        Assert.True(processes(CostKind.Serialization) + processes(CostKind.Channel) > 0.5, Describe(cells));
        Assert.True(processes(CostKind.Serialization) > 0 && processes(CostKind.Channel) > 0, Describe(cells));
    }

    [Fact]
    public async Task Result_DotNetThreadsOnOneLock_WaitForIt()
    {
        const string Source = """
            using System.Threading;

            static class Work
            {
                static readonly object Gate = new();

                public static int Task(int index)
                {
                    lock (Gate)
                        Thread.Sleep(5);
                    return index;
                }
            }
            """;
        var spec = Spec("noop", null, [Strategy.Sequential, Strategy.Threads], workers: 4, "dotnet");
        var cells = await MeasureAsync(spec with { Workload = new WorkloadSpec { Code = new CodeSpec { Language = "csharp", Source = Source } } });

        // One of four sleeps, as a task does alone; the others wait for it.
        var threads = Shares(cells, Strategy.Threads);
        Assert.True(threads(CostKind.LockWait) > 1.5 * threads(CostKind.WorkWaiting), Describe(cells));
    }

    [Fact]
    public async Task Result_AnyStrategy_SumsToWorkersTimesWallTime()
    {
        var cells = await MeasureAsync(Spec("mixed", ("cpuMilliseconds", 2), Enum.GetValues<Strategy>(), workers: 2));

        Assert.Equal(6, cells.Count);
        Assert.All(cells, cell => Assert.Equal(1, cell.Costs!.Parts.Sum(part => part.Share), Tolerance));
        Assert.All(cells, cell => Assert.True(cell.Costs!.Parts.Where(part => part.Kind == CostKind.Unexplained).Sum(part => part.Share) < 0.05, Describe(cells)));
        Assert.True(Shares(cells, Strategy.ProcessPerTask)(CostKind.ProcessStart) > 0, Describe(cells));
    }

    private static ExperimentSpec Spec(string kernel, (string Name, long Value)? parameter, IReadOnlyList<Strategy> strategies, int workers, string runtime = "python") => new()
    {
        Name = "costs",
        Workload = new WorkloadSpec
        {
            Kernel = kernel,
            Params = new[] { parameter }.OfType<(string Name, long Value)>().ToDictionary(pair => pair.Name, pair => ParameterValue.Of(pair.Value), StringComparer.Ordinal),
        },
        Matrix = new MatrixSpec { Runtime = [runtime], Strategy = strategies, Workers = [workers] },
        Load = new LoadSpec { Duration = TimeSpan.FromMilliseconds(600) },
        Warmup = new WarmupSpec { Tasks = 4 },
        Repeat = 1,
    };

    private static async Task<IReadOnlyList<CellResult>> MeasureAsync(ExperimentSpec spec)
    {
        var cancellation = TestContext.Current.CancellationToken;
        Assert.Empty(SpecValidator.Validate(spec));
        var plan = TrialPlanner.Expand(spec, seed: 1);
        var prepared = await Preparation.OfAsync(spec, RunMeans.Local, TimeProvider.System, cancellation);
        var runtimes = await RuntimeFinder.FindAsync(cancellation);
        var executor = new TrialExecutor(new RealHosts(runtimes), TimeProvider.System);
        var trials = new List<TrialResult>();
        foreach (var trial in plan.Trials)
            trials.Add(await executor.ExecuteAsync(new TrialJob(spec, plan.Cells[trial.Cell], trial, prepared), _ => ValueTask.CompletedTask, cancellation));
        Assert.All(trials, trial => Assert.Equal(("", TrialStatus.Completed), (trial.Failure, trial.Status)));
        var machine = new Machine("host", Environment.ProcessorCount, 1, "", "", "", 0, runtimes);
        return ResultBuilder.Build(spec, RunStatus.Completed, machine, plan, trials).Cells;
    }

    private static Func<CostKind, double> Shares(IReadOnlyList<CellResult> cells, Strategy strategy)
    {
        var costs = cells.Single(cell => cell.Cell.Strategy == strategy).Costs!;
        return kind => costs.Parts.SingleOrDefault(part => part.Kind == kind)?.Share ?? 0;
    }

    private static string Describe(IReadOnlyList<CellResult> cells) => string.Join('\n', cells.Select(cell =>
        $"{cell.Cell.Strategy}: {string.Join(", ", cell.Costs!.Parts.Select(part => $"{part.Kind} {part.Share:P1}"))}"));
}
