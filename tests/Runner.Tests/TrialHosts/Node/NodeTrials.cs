using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;
using Brigade.Runner.Runs;
using Brigade.Runner.Runtimes;
using Brigade.Runner.Sandbox;
using Brigade.Runner.Tests.Fakes;
using Brigade.Runner.Trials;
using Xunit;

namespace Brigade.Runner.Tests.TrialHosts.Node;

/// <summary>Trials of the real Node.js host, as the runner executes them.</summary>
internal static class NodeTrials
{
    public static TheoryData<Strategy> Strategies => [.. RuntimeCatalogue.Node.Strategies];

    public static ExperimentSpec Kernel(string kernel, Strategy strategy, int workers = 2, params (string Name, ParameterValue Value)[] parameters) => Spec(strategy, workers) with
    {
        Workload = new WorkloadSpec { Kernel = kernel, Params = parameters.ToDictionary(pair => pair.Name, pair => pair.Value, StringComparer.Ordinal) },
    };

    public static ExperimentSpec Code(string source, Strategy strategy, int workers = 2) => Spec(strategy, workers) with
    {
        Workload = new WorkloadSpec { Code = new CodeSpec { Language = "javascript", File = "work.js", Source = source } },
    };

    public static async Task<TrialResult> RunAsync(ExperimentSpec spec, CancellationToken cancellation = default, SandboxPolicy? policy = null)
    {
        Assert.Empty(SpecValidator.Validate(spec));
        var hosts = new TrialHostCatalogue(await RuntimeFinder.FindAsync(TestContext.Current.CancellationToken));
        return await new TrialExecutor(hosts, TimeProvider.System, policy: policy).ExecuteAsync(Jobs.Job(spec), _ => ValueTask.CompletedTask, cancellation);
    }

    public static async Task<TrialResult> CompleteAsync(ExperimentSpec spec)
    {
        var result = await RunAsync(spec);
        Assert.Equal(("", TrialStatus.Completed), (result.Failure, result.Status));
        return result;
    }

    private static ExperimentSpec Spec(Strategy strategy, int workers) => Jobs.Spec(tasks: 20) with
    {
        Matrix = new MatrixSpec { Runtime = ["node"], Strategy = [strategy], Workers = [workers] },
        Warmup = new WarmupSpec { Tasks = 2 },
    };
}
