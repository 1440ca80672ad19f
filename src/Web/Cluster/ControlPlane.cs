using System.Security.Cryptography;
using System.Text.Json;
using Brigade.Contracts;
using Brigade.Contracts.Plan;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;
using Brigade.Data;
using Brigade.Data.Queries;

namespace Brigade.Web.Cluster;

/// <inheritdoc/>
internal sealed class ControlPlane(RunStore store, IGrainFactory grains, IWorkspaceScope workspace) : IControlPlane
{
    private IDispatcherGrain Dispatcher => grains.GetGrain<IDispatcherGrain>(workspace.WorkspaceId);

    public async Task<RunRow> SubmitAsync(ExperimentSpec spec, Guid? experimentId, CancellationToken cancellation = default)
    {
        var seed = spec.Seed ?? RandomNumberGenerator.GetInt32(int.MaxValue);
        var trials = TrialPlanner.Expand(spec, seed).Trials.Count;
        var run = await store.CreateAsync(spec, seed, trials, experimentId, cancellation);
        await Dispatcher.Wake();
        return run;
    }

    public async Task<bool> CancelAsync(Guid runId, CancellationToken cancellation = default) =>
        await store.FindAsync(runId, cancellation) is not null && await grains.GetGrain<IRunGrain>(runId).Cancel();

    public async Task<IReadOnlyList<RunnerStatus>> RunnersAsync(CancellationToken cancellation = default) =>
        [.. (await Dispatcher.Runners()).Select(runner => new RunnerStatus(
            runner.RunnerId, runner.Name, runner.Version,
            JsonSerializer.Deserialize<Machine>(runner.Machine, BrigadeJson.Options)!,
            runner.ConnectedAt, runner.ActiveRun, runner.Embedded))];
}
