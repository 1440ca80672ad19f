using System.Globalization;
using Brigade.Analysis;
using Brigade.Contracts.Messages;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;
using Brigade.Runner.Runs;
using Brigade.Runner.Runtimes;
using Brigade.Runner.Tests.Fakes;
using Brigade.Runner.TrialHosts.DotNet.Kernels;
using Xunit;

namespace Brigade.Runner.Tests.Runs;

/// <summary>Whole runs on the hosts that ship.</summary>
public sealed class RealRunTests
{
    private static readonly Machine Machine = new("host", 2, 8L << 30, "Linux", "a processor", "", 0, []);

    [Fact]
    public async Task Execute_AllRuntimesStrategiesAndChannels_GiveTheResultThatTheTasksHave()
    {
        const int Tasks = 24;
        var parameters = new Dictionary<string, ParameterValue>(StringComparer.Ordinal) { ["points"] = ParameterValue.Of(50), ["seed"] = ParameterValue.Of(7) };
        var spec = new ExperimentSpec
        {
            Name = "test",
            Workload = new WorkloadSpec { Kernel = "cpu.pi", Params = parameters },
            Matrix = new MatrixSpec { Runtime = ["python", "dotnet", "node"], Strategy = Enum.GetValues<Strategy>(), Workers = [2], Channel = Enum.GetValues<Channel>(), PayloadBytes = [64] },
            Load = new LoadSpec { Tasks = Tasks },
            Warmup = new WarmupSpec { Tasks = 2 },
            Repeat = 1,
        };
        Assert.Empty(SpecValidator.Validate(spec));
        var output = new RecordingOutput();

        var hosts = new RealHosts(await RuntimeFinder.FindAsync(TestContext.Current.CancellationToken));
        await new RunExecutor(hosts, TimeProvider.System).ExecuteAsync(spec, seed: 1, Machine, [output], TestContext.Current.CancellationToken);

        // The result of this kernel depends on the index, so the sum tells whether each ran once.
        var kernel = new CpuPi(new KernelSettings("cpu.pi", parameters, "", 0));
        var sum = Enumerable.Range(0, Tasks).Aggregate(0UL, (sum, index) => sum + kernel.Run(index)).ToString("x16", CultureInfo.InvariantCulture);
        var (plan, trials) = (output.Events.OfType<RunStarted>().Single().Plan, output.Events.OfType<TrialEnded>().Select(ended => ended.Result).ToList());
        Assert.Equal(Enum.GetValues<Channel>().Length, plan.Cells.Count(cell => cell is { Runtime: "dotnet", Strategy: Strategy.Processes }));
        Assert.Equal(plan.Trials.Count, trials.Count);
        Assert.All(trials, trial => Assert.Equal((TrialStatus.Completed, "", sum), (trial.Status, trial.Failure, trial.Checksum)));
        Assert.DoesNotContain(ResultBuilder.Build(spec, RunStatus.Completed, Machine, plan, trials).Findings, finding => finding.Id == "checksum-mismatch");
    }
}
