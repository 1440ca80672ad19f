using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Brigade.Integration.Tests.Support;
using Brigade.Tests.Shared;
using Xunit;

namespace Brigade.Integration.Tests;

/// <summary>Trends, the search for changes and rules for old runs, over REST on both databases.</summary>
public sealed class HistoryTests(PostgresServer postgres) : IClassFixture<PostgresServer>
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task History_RunsThatBecameSlower_AreOneChangeThatCanBeDecided(bool onPostgres)
    {
        using var data = new TemporaryDirectory();
        var database = onPostgres ? await postgres.CreateDatabaseAsync() : null;
        await using var server = await Server.StartAsync(data.Path, database);
        var history = await SeededHistory.StoreAsync(database, data.Path, "months");

        var change = await UntilFoundAsync(server);
        Assert.Equal((history.FirstSlow.ToString(), "throughput", "open"), ((string?)change["runId"], (string?)change["metric"], (string?)change["state"]));
        Assert.InRange((double)change["relativeShift"]!, -0.33, -0.27);

        using var decided = await server.Client.PatchAsync($"/api/v1/changes/{change["id"]}", Json("""{ "state": "accepted", "note": "new kernel" }"""));
        Assert.Equal(HttpStatusCode.OK, decided.StatusCode);
        Assert.Empty((await server.GetAsync("/api/v1/changes?state=open"))["items"]!.AsArray());
        Assert.Equal("new kernel", (string?)(await server.GetAsync("/api/v1/changes?state=accepted"))["items"]![0]!["note"]);

        using var noted = await server.Client.PostAsync($"/api/v1/experiments/{history.Experiment}/annotations", Json("""{ "text": "upgraded to Python 3.12" }"""));
        Assert.Equal(HttpStatusCode.Created, noted.StatusCode);

        var trend = await server.GetAsync($"/api/v1/experiments/{history.Experiment}/trend?range=all&metric=throughput");
        var series = Assert.Single(trend["series"]!.AsArray())!;
        Assert.Equal(history.Runs.Select(run => run.ToString()), series["points"]!.AsArray().Select(point => (string?)point!["runId"]), StringComparer.Ordinal);
        Assert.Equal(2, series["expected"]!.AsArray().Count);
        Assert.Equal("upgraded to Python 3.12", (string?)Assert.Single(trend["annotations"]!.AsArray())!["text"]);
        Assert.Equal((string?)change["id"], (string?)Assert.Single(trend["changes"]!.AsArray())!["id"]);
    }

    [Fact]
    public async Task History_WhatMakesNoSense_IsRefusedWithTheReason()
    {
        using var data = new TemporaryDirectory();
        await using var server = await Server.StartAsync(data.Path);
        var nowhere = Guid.CreateVersion7();

        Assert.Equal(HttpStatusCode.NotFound, (await server.Client.GetAsync($"/api/v1/experiments/{nowhere}/trend")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await server.Client.GetAsync($"/api/v1/experiments/{nowhere}/trend?metric=speed&range=1h")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await server.Client.PostAsync($"/api/v1/experiments/{nowhere}/annotations", Json("""{ "text": "x" }"""))).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await server.Client.PostAsync($"/api/v1/experiments/{nowhere}/annotations", Json("""{ "text": "x", "at": "soon" }"""))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await server.Client.PatchAsync($"/api/v1/changes/{nowhere}", Json("""{ "state": "noise" }"""))).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await server.Client.PatchAsync($"/api/v1/changes/{nowhere}", Json("""{ "state": "withdrawn" }"""))).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await server.Client.GetAsync("/api/v1/changes?state=new")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await server.Client.GetAsync("/api/v1/runs?after=nowhere")).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await server.Client.PutAsync("/api/v1/settings/retention", Json("""{ "keepFramesDays": 0 }"""))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await server.Client.PutAsync("/api/v1/settings/retention", Json("""{ "keepFramesDays": 90, "keepTrialsDays": null }"""))).StatusCode);
        Assert.Equal(90, (int)(await server.GetAsync("/api/v1/settings/retention"))["keepFramesDays"]!);
    }

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");

    private static async Task<JsonNode> UntilFoundAsync(Server server)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(250));
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (true)
        {
            if ((await server.GetAsync("/api/v1/changes?state=open"))["items"]!.AsArray() is [{ } change, ..] items)
                return items.Count == 1 ? change : throw new InvalidOperationException("One shift was told twice.");
            await timer.WaitForNextTickAsync(patience.Token);
        }
    }
}
