using System.Text.Json;
using Brigade.Contracts.Messages;
using Brigade.Contracts.Runs;
using Brigade.Data;
using Brigade.Web.Access;
using Brigade.Web.Cluster;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;

namespace Brigade.Web.Hubs;

/// <summary>Where runners connect. It holds no state: the dispatcher knows who is connected, the runs' owners what has come.</summary>
[Authorize(AccessPolicies.Runner)]
internal sealed class RunnerHub(IGrainFactory grains, RunnerGateway gateway, IWorkspaceScope workspace) : Hub<IRunnerClient>, IRunnerServer
{
    /// <summary>Far more than a runner can have open, as it gets one after the other.</summary>
    private const int MostActiveRuns = 1000;

    private static readonly object RunnerKey = new();

    private IDispatcherGrain Dispatcher => grains.GetGrain<IDispatcherGrain>(workspace.WorkspaceId);

    /// <inheritdoc/>
    [Authorize(AccessPolicies.Runner)]
    public async Task Register(RunnerHello hello)
    {
        Check(hello);
        Context.Items[RunnerKey] = hello.RunnerId;
        var registration = new RunnerRegistration(
            Context.ConnectionId, hello.RunnerId, hello.Name, hello.Version, hello.Machine, [.. hello.ActiveRuns], Context.User!.IsEmbeddedRunner());
        await Registration.RegisterAsync(Dispatcher, registration, gateway.Reference, Context.ConnectionAborted);
    }

    /// <inheritdoc/>
    [Authorize(AccessPolicies.Runner)]
    public async Task<long> Deliver(EventBatch batch)
    {
        if (batch is not { FirstSequence: >= 0, Events.Count: > 0 })
            throw new HubException("A batch holds at least one event and starts at 0 or later.");
        var events = batch.Events.ToArray();
        var reply = await Transient.RetryAsync(() => grains.GetGrain<IRunGrain>(batch.RunId).Deliver(RunnerId, batch.FirstSequence, events), Context.ConnectionAborted);
        return reply.Refusal.Length == 0 ? reply.Committed : throw new HubException(reply.Refusal);
    }

    /// <inheritdoc/>
    [Authorize(AccessPolicies.Runner)]
    public Task<long> Committed(Guid runId) => Transient.RetryAsync(() => grains.GetGrain<IRunGrain>(runId).Committed(RunnerId), Context.ConnectionAborted);

    public override Task OnDisconnectedAsync(Exception? exception) => Transient.RetryAsync(() => Dispatcher.Disconnected(Context.ConnectionId), CancellationToken.None);

    private string RunnerId => Context.Items[RunnerKey] as string ?? throw new HubException("Register first.");

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
