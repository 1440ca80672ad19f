using Brigade.Contracts.Plan;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;
using Brigade.Runner.Runs;
using Brigade.Runner.Runtimes;
using Brigade.Runner.TrialHosts.DotNet;
using Brigade.Runner.Trials;
using Xunit;

namespace Brigade.Runner.Tests.Fakes;

/// <summary>The hosts that ship with the runner; the .NET one as it is built for users, with all libraries that it may need.</summary>
internal sealed class RealHosts(IReadOnlyList<RuntimeInfo> runtimes) : ITrialHosts
{
    private readonly TrialHostCatalogue _catalogue = new(runtimes);

    public IReadOnlyList<RuntimeInfo> Runtimes => runtimes;

    public RuntimeInfo? Resolve(string runtime) => _catalogue.Resolve(runtime);

    public HostCommand CommandFor(RuntimeInfo runtime) =>
        runtime.Id == "dotnet" ? new HostCommand(RunnerProcess.Executable, ["trial"], TrialHost.Environment) : _catalogue.CommandFor(runtime);

    /// <summary>One trial of a workload.</summary>
    public static async Task<TrialResult> RunAsync(
        WorkloadSpec workload, string runtime, Strategy strategy, int tasks = 6, TimeSpan? timeout = null, Func<string, string?>? connections = null, RunMeans? means = null)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var spec = new ExperimentSpec
        {
            Name = "test",
            Workload = workload,
            Matrix = new MatrixSpec { Runtime = [runtime], Strategy = [strategy], Workers = [2] },
            Load = new LoadSpec { Tasks = tasks },
            Warmup = new WarmupSpec { Tasks = 0 },
            Repeat = 1,
            Limits = new LimitsSpec { TrialTimeout = timeout ?? TimeSpan.FromSeconds(60) },
        };
        Assert.Empty(SpecValidator.Validate(spec));
        var plan = TrialPlanner.Expand(spec, seed: 1);
        var prepared = await Preparation.OfAsync(spec, means ?? RunMeans.Local with { Connections = connections ?? (_ => null) }, TimeProvider.System, cancellation);
        var executor = new TrialExecutor(new RealHosts(await RuntimeFinder.FindAsync(cancellation)), TimeProvider.System);
        return await executor.ExecuteAsync(new TrialJob(spec, plan.Cells[0], plan.Trials[0], prepared), _ => ValueTask.CompletedTask, cancellation);
    }
}
