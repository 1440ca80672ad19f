using System.Security.Cryptography;
using System.Text.Json;
using Brigade.Contracts;
using Brigade.Contracts.Messages;
using Brigade.Contracts.Plan;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;
using Brigade.Data;
using Brigade.Data.Entities;
using Brigade.Data.Errors;
using Brigade.Data.Queries;

namespace Brigade.Web.Cluster;

/// <inheritdoc/>
internal sealed class ControlPlane(RunStore store, IGrainFactory grains, IWorkspaceScope workspace) : IControlPlane
{
    private const string NoRunner = "No runner is connected.";

    private IDispatcherGrain Dispatcher => grains.GetGrain<IDispatcherGrain>(IDispatcherGrain.Key);

    public async Task<RunRow> SubmitAsync(ExperimentSpec spec, Guid? experimentId, CancellationToken cancellation = default)
    {
        workspace.Demand(WorkspaceRole.Editor);
        var seed = spec.Seed ?? RandomNumberGenerator.GetInt32(int.MaxValue);
        var trials = TrialPlanner.Expand(spec, seed).Trials.Count;
        var run = await store.CreateAsync(spec, seed, trials, experimentId, cancellation);
        await Dispatcher.Wake();
        return run;
    }

    public Task WakeAsync() => Dispatcher.Wake();

    public async Task<bool> CancelAsync(Guid runId, CancellationToken cancellation = default)
    {
        workspace.Demand(WorkspaceRole.Editor);
        try
        {
            if (!await store.NoteCancelAsync(runId, cancellation))
                return false;
        }
        catch (StorageFullException) when (!cancellation.IsCancellationRequested)
        {
            // Cancelling is what helps now; it must not wait for the room to write that down.
            if ((await store.KnownAsync([runId], cancellation)).Count == 0)
                return false;
        }

        return await grains.GetGrain<IRunGrain>(runId).Cancel();
    }

    public async Task<IReadOnlyList<RunnerStatus>> RunnersAsync(CancellationToken cancellation = default) =>
        [.. (await Dispatcher.Runners(workspace.WorkspaceId)).Select(runner => new RunnerStatus(
            runner.RunnerId, runner.Name, runner.Version,
            JsonSerializer.Deserialize<Machine>(runner.Machine, BrigadeJson.Options)!,
            runner.ConnectedAt, runner.ActiveRun, runner.Embedded)
        { Busy = runner.Busy })];

    public async Task<CodeCheckReply> CheckCodeAsync(CodeCheckRequest request, CancellationToken cancellation = default)
    {
        workspace.Demand(WorkspaceRole.Editor);
        var workload = new WorkloadSpec { Code = new CodeSpec { Language = request.Language } };
        return await RouteAsync(runtime => request.Runtime.Length > 0 ? Means(request.Runtime, runtime) : RuntimeNames.CanRun(workload, runtime.Id), cancellation) is { } route
            ? Read<CodeCheckReply>(await route.Gateway.CheckCode(route.ConnectionId, JsonSerializer.Serialize(request, BrigadeJson.Options)).WaitAsync(cancellation))
            : new CodeCheckReply([], NoRunner);
    }

    public async Task<TryReply> TryTaskAsync(ExperimentSpec spec, CancellationToken cancellation = default)
    {
        workspace.Demand(WorkspaceRole.Editor);
        var request = new TryRequest(SpecWriter.ToJson(spec));
        return await RouteAsync(runtime => SearchSpace.Fill(spec).Matrix.Runtime.Any(name => Means(name, runtime)), cancellation) is { } route
            ? Read<TryReply>(await route.Gateway.TryTask(route.ConnectionId, workspace.WorkspaceId, JsonSerializer.Serialize(request, BrigadeJson.Options)).WaitAsync(cancellation))
            : TryReply.Refused(NoRunner);
    }

    private static bool Means(string name, RuntimeInfo runtime) =>
        string.Equals(name, runtime.Id, StringComparison.Ordinal) || (runtime.IsDefault && string.Equals(name, runtime.Language, StringComparison.Ordinal));

    private static T Read<T>(string json) => JsonSerializer.Deserialize<T>(json, BrigadeJson.Options)!;

    /// <summary>The way to a runner that has such a runtime, else to any, which can say what it lacks; null where none is connected.</summary>
    private async Task<RunnerRoute?> RouteAsync(Func<RuntimeInfo, bool> isWanted, CancellationToken cancellation)
    {
        var runners = await RunnersAsync(cancellation);
        return (runners.FirstOrDefault(runner => runner.Machine.Runtimes.Any(isWanted)) ?? runners.FirstOrDefault()) is { } runner ? await Dispatcher.Route(runner.Id) : null;
    }
}
