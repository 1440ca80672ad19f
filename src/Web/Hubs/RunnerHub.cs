using System.Text.Json;
using Brigade.Contracts;
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
    /// <summary>How often a runner is to deliver at least, in milliseconds.</summary>
    private const int DeliverEveryMs = 100;

    private static readonly object RunnerKey = new();

    private IDispatcherGrain Dispatcher => grains.GetGrain<IDispatcherGrain>(workspace.WorkspaceId);

    /// <inheritdoc/>
    [Authorize(AccessPolicies.Runner)]
    public async Task<RegisterReply> Register(RunnerHello hello)
    {
        if (hello.RunnerId is not { Length: > 0 and <= 100 } || hello.Name is not { Length: > 0 and <= 200 } || hello.Version is not { Length: <= 100 })
            throw new HubException("A runner needs an id of at most 100, a name of at most 200 and a version of at most 100 characters.");
        CheckMachine(hello.Machine);
        Context.Items[RunnerKey] = hello.RunnerId;
        var registration = new RunnerRegistration(
            Context.ConnectionId, hello.RunnerId, hello.Name, hello.Version, hello.Machine, [.. hello.ActiveRuns], Context.User!.IsEmbeddedRunner());
        await Transient.RetryAsync(() => Dispatcher.Register(registration, gateway.Reference), Context.ConnectionAborted);
        return new RegisterReply(DeliverEveryMs);
    }

    /// <inheritdoc/>
    [Authorize(AccessPolicies.Runner)]
    public async Task<long> Deliver(EventBatch batch)
    {
        if (batch.FirstSequence < 0 || batch.Events is not { Count: > 0 })
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

    private static void CheckMachine(string machine)
    {
        try
        {
            if (JsonSerializer.Deserialize<Machine>(machine, BrigadeJson.Options) is { Runtimes: not null })
                return;
        }
        catch (JsonException)
        {
            // Said below.
        }

        throw new HubException("The description of the machine cannot be read. Use the same version of the runner and the server.");
    }
}
