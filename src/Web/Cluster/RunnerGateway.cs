using System.Collections.Concurrent;
using System.Text.Json;
using Brigade.Contracts;
using Brigade.Contracts.Messages;
using Brigade.Web.Features.Network;
using Brigade.Web.Hubs;
using Microsoft.AspNetCore.SignalR;

namespace Brigade.Web.Cluster;

/// <summary>This node's way to the runners that are connected to it, as a reference that grains on any node can call.</summary>
internal sealed class RunnerGateway(IHubContext<RunnerHub, IRunnerClient> hub, IGrainFactory grains, RunOrders orders) : IRunnerGateway
{
    private readonly ConcurrentDictionary<string, Local> _connected = new(StringComparer.Ordinal);

    // Lazily, because grains can be referenced only once the silo is up. This object is the strong root of the observer.
    private IRunnerGateway? _reference;

    public IRunnerGateway Reference => _reference ??= grains.CreateObjectReference<IRunnerGateway>(this);

    /// <summary>The connections of this node.</summary>
    public string[] ConnectionIds => [.. _connected.Keys];

    public void Connected(RunnerRegistration registration) => _connected[registration.ConnectionId] = new Local(registration, new ConcurrentDictionary<Guid, byte>(registration.ActiveRuns.Select(run => KeyValuePair.Create(run, (byte)0))));

    public void Disconnected(string connectionId) => _connected.TryRemove(connectionId, out _);

    /// <summary>Registrations of connections as they would be made now: with the runs that each got here and that are still open.</summary>
    public IEnumerable<RunnerRegistration> Registrations(IEnumerable<string> connectionIds, IReadOnlySet<Guid> open)
    {
        foreach (var local in connectionIds.Select(id => _connected.GetValueOrDefault(id)).OfType<Local>())
        {
            foreach (var ended in local.Runs.Keys.Where(run => !open.Contains(run)))
                local.Runs.TryRemove(ended, out _);
            yield return local.Registration with { ActiveRuns = [.. local.Runs.Keys] };
        }
    }

    public async Task Assign(string connectionId, Guid runId, string spec, int seed)
    {
        var order = await orders.OfRunAsync(runId, spec);
        if (_connected.TryGetValue(connectionId, out var local))
            local.Runs.TryAdd(runId, 0);
        await hub.Clients.Client(connectionId).Assign(new RunAssignment(runId, spec, seed, order.ToJson()));
    }

    public Task Cancel(string connectionId, Guid runId) => hub.Clients.Client(connectionId).Cancel(runId);

    public async Task<string> CheckCode(string connectionId, string request) =>
        JsonSerializer.Serialize(await hub.Clients.Client(connectionId).CheckCode(JsonSerializer.Deserialize<CodeCheckRequest>(request, BrigadeJson.Options)!), BrigadeJson.Options);

    public async Task<string> TryTask(string connectionId, Guid workspaceId, string request)
    {
        var asked = JsonSerializer.Deserialize<TryRequest>(request, BrigadeJson.Options)!;
        var ordered = asked with { Order = (await orders.OfAsync(workspaceId, asked.Spec)).ToJson() };
        return JsonSerializer.Serialize(await hub.Clients.Client(connectionId).TryTask(ordered), BrigadeJson.Options);
    }

    /// <param name="Runs">What it had when it came and what it got since; some of it has ended.</param>
    private sealed record Local(RunnerRegistration Registration, ConcurrentDictionary<Guid, byte> Runs);
}
