using System.Text.Json;
using Brigade.Contracts.Messages;
using Brigade.Contracts.Runs;
using Brigade.Data;
using Brigade.Data.Queries;
using Brigade.Web.Access;
using Brigade.Web.Cluster;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;

namespace Brigade.Web.Hubs;

/// <summary>
/// Where runners connect. It holds no state: the dispatcher knows who is connected, the runs' owners what has come. The border is here too: a runner's word counts for runs of its workspace only;
/// those of others do not exist for it.
/// </summary>
[Authorize(AccessPolicies.Runner)]
internal sealed class RunnerHub(IGrainFactory grains, RunnerGateway gateway, IWorkspaceScope workspace, RunStore runs) : Hub<IRunnerClient>, IRunnerServer
{
    /// <summary>Far more than a runner can have open, as it gets one after the other.</summary>
    private const int MostActiveRuns = 1000;

    private static readonly object RunnerKey = new();
    private static readonly object RunsKey = new();

    private IDispatcherGrain Dispatcher => grains.GetGrain<IDispatcherGrain>(IDispatcherGrain.Key);

    /// <inheritdoc/>
    [Authorize(AccessPolicies.Runner)]
    public async Task Register(RunnerHello hello)
    {
        Check(hello);
        var id = IsEmbedded ? hello.RunnerId : $"{workspace.WorkspaceId:n}/{hello.RunnerId}";
        Context.Items[RunnerKey] = id;
        Guid[] active = IsEmbedded ? [.. hello.ActiveRuns] : [.. await runs.KnownAsync(hello.ActiveRuns, Context.ConnectionAborted)];
        var registration = new RunnerRegistration(
            Context.ConnectionId, id, hello.Name, hello.Version, hello.Machine, active, IsEmbedded, IsEmbedded ? null : workspace.WorkspaceId);
        gateway.Connected(registration);
        await Registration.RegisterAsync(Dispatcher, registration, gateway.Reference, Context.ConnectionAborted);
    }

    /// <inheritdoc/>
    [Authorize(AccessPolicies.Runner)]
    public async Task<long> Deliver(EventBatch batch)
    {
        if (batch is not { FirstSequence: >= 0, Events.Count: > 0 })
            throw new HubException("A batch holds at least one event and starts at 0 or later.");
        var runnerId = RunnerId;
        if (!await IsOursAsync(batch.RunId))
            return long.MaxValue;
        var events = batch.Events.ToArray();
        var reply = await Transient.RetryAsync(() => grains.GetGrain<IRunGrain>(batch.RunId).Deliver(runnerId, batch.FirstSequence, events), Context.ConnectionAborted);
        return reply.Refusal.Length == 0 ? reply.Committed : throw new HubException(reply.Refusal);
    }

    /// <inheritdoc/>
    [Authorize(AccessPolicies.Runner)]
    public async Task<long> Committed(Guid runId)
    {
        var runnerId = RunnerId;
        return await IsOursAsync(runId) ? await Transient.RetryAsync(() => grains.GetGrain<IRunGrain>(runId).Committed(runnerId), Context.ConnectionAborted) : long.MaxValue;
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        gateway.Disconnected(Context.ConnectionId);
        return Transient.RetryAsync(() => Dispatcher.Disconnected(Context.ConnectionId), CancellationToken.None);
    }

    private bool IsEmbedded => Context.User!.IsEmbeddedRunner();

    private string RunnerId => Context.Items[RunnerKey] as string ?? throw new HubException("Register first.");

    /// <summary>Whether a run is of the runner's workspace. Asked once a run and connection: a run never moves.</summary>
    private async Task<bool> IsOursAsync(Guid runId)
    {
        if (IsEmbedded)
            return true;
        if (Context.Items[RunsKey] is not HashSet<Guid> known)
            Context.Items[RunsKey] = known = [];
        if (known.Contains(runId))
            return true;
        if ((await runs.KnownAsync([runId], Context.ConnectionAborted)).Count == 0)
            return false;
        known.Add(runId);
        return true;
    }

    // Whatever the types say, a message can lack anything.
    private static void Check(RunnerHello? hello)
    {
        if (hello is not { RunnerId.Length: > 0 and <= 100, Name.Length: > 0 and <= 200, Version.Length: <= 100 } || hello.Name.Any(char.IsControl))
            throw new HubException("A runner needs an id of at most 100, a name of at most 200 and a version of at most 100 characters.");
        if (hello.ActiveRuns is not { Count: <= MostActiveRuns })
            throw new HubException($"A runner says which runs it has, at most {MostActiveRuns}.");
        if (!IsMachine(hello.Machine))
            throw new HubException("The description of the machine cannot be read. Use the same version of the runner and the server.");
    }

    private static bool IsMachine(string? machine)
    {
        try
        {
            return StrictJson.Read<Machine>(machine ?? "") is { } read && read.Runtimes.All(runtime => runtime is not null);
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
