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
    // Lazily, because grains can be referenced only once the silo is up. This object is the strong root of the observer.
    private IRunnerGateway? _reference;

    public IRunnerGateway Reference => _reference ??= grains.CreateObjectReference<IRunnerGateway>(this);

    public async Task Assign(string connectionId, Guid runId, string spec, int seed) =>
        await hub.Clients.Client(connectionId).Assign(new RunAssignment(runId, spec, seed, (await orders.OfRunAsync(runId, spec)).ToJson()));

    public Task Cancel(string connectionId, Guid runId) => hub.Clients.Client(connectionId).Cancel(runId);

    public async Task<string> CheckCode(string connectionId, string request) =>
        JsonSerializer.Serialize(await hub.Clients.Client(connectionId).CheckCode(JsonSerializer.Deserialize<CodeCheckRequest>(request, BrigadeJson.Options)!), BrigadeJson.Options);

    public async Task<string> TryTask(string connectionId, Guid workspaceId, string request)
    {
        var asked = JsonSerializer.Deserialize<TryRequest>(request, BrigadeJson.Options)!;
        var ordered = asked with { Order = (await orders.OfAsync(workspaceId, asked.Spec)).ToJson() };
        return JsonSerializer.Serialize(await hub.Clients.Client(connectionId).TryTask(ordered), BrigadeJson.Options);
    }
}
