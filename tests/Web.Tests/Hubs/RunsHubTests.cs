using System.Text.Json;
using System.Text.Json.Nodes;
using Brigade.Data.Entities;
using Brigade.Web.Hubs;
using Brigade.Web.Tests.Access;
using Brigade.Web.Tests.Support;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;

namespace Brigade.Web.Tests.Hubs;

/// <summary>Runs as programs watch them by SignalR.</summary>
public sealed class RunsHubTests(BrigadeServer server) : IClassFixture<BrigadeServer>
{
    private sealed record Item(string Event, string? Id, JsonElement Data);

    [Fact]
    public async Task Follow_WholeRun_TellsAllOfItAndEnds()
    {
        var run = await RunAsync();
        await using var connection = await ConnectAsync(BrigadeServer.Token);

        var items = await FollowAsync(connection, run, withFrames: true);

        Assert.Equal(("plan", "run", "end", "completed"), (items[0].Event, items[^1].Event, items[^1].Id, items[^1].Data.GetProperty("status").GetString()));
        Assert.Equal((6, 2), (items.Count(item => item.Event == "frame"), items.Count(item => item.Event == "trial")));
        Assert.DoesNotContain(await FollowAsync(connection, run, withFrames: false), item => item.Event == "frame");
        Assert.Empty(await FollowAsync(connection, run, withFrames: true, after: items[^1].Id));
        var fourth = items.Where(item => item.Event == "frame").ElementAt(3);
        Assert.Equal(2, (await FollowAsync(connection, run, withFrames: true, after: fourth.Id)).Count(item => item.Event == "frame"));
    }

    [Fact]
    public async Task Follow_WhatIsNotThere_IsSaid()
    {
        var run = await RunAsync();
        var other = await OtherWorkspace.CreateAsync(server);
        await using var stranger = await ConnectAsync(CallerHandler.Member(WorkspaceRole.Owner, other.Id));
        await using var member = await ConnectAsync(BrigadeServer.Token);

        Assert.Contains("There is no run", (await Assert.ThrowsAsync<HubException>(() => FollowAsync(stranger, run, withFrames: true))).Message, StringComparison.Ordinal);
        Assert.Contains("There is no run", (await Assert.ThrowsAsync<HubException>(() => FollowAsync(member, Guid.NewGuid(), withFrames: true))).Message, StringComparison.Ordinal);
        Assert.Contains("no id of an event", (await Assert.ThrowsAsync<HubException>(() => FollowAsync(member, run, withFrames: true, after: "nonsense"))).Message, StringComparison.Ordinal);
    }

    private async Task<Guid> RunAsync()
    {
        await using var runner = await FakeRunner.ConnectAsync(server);
        await runner.RegisterAsync($"r-{Guid.NewGuid():n}");
        using var client = server.Client();
        using var submitted = await client.PostAsync("/api/v1/runs", BrigadeServer.Json("""{ "spec": { "name": "noop", "workload": { "kernel": "noop" } } }"""));
        var id = Guid.Parse((string)JsonNode.Parse(await submitted.Content.ReadAsStringAsync())!["id"]!);
        await runner.AssignedAsync();
        await runner.DeliverAsync(id, 0, Given.WholeRun());
        await client.GetStringAsync($"/api/v1/runs/{id}?wait=60");
        return id;
    }

    private async Task<HubConnection> ConnectAsync(string token)
    {
        var connection = new HubConnectionBuilder().WithUrl(server.Address + RunsHub.Path, options => options.AccessTokenProvider = () => Task.FromResult<string?>(token)).Build();
        await connection.StartAsync();
        return connection;
    }

    private static async Task<List<Item>> FollowAsync(HubConnection connection, Guid run, bool withFrames, string? after = null)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        List<Item> items = [];
        await foreach (var item in connection.StreamAsync<Item>("Follow", run, withFrames, after, patience.Token))
            items.Add(item);
        return items;
    }
}
