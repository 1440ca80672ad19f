using System.Text.Json.Nodes;
using Brigade.Web.Tests.Support;

namespace Brigade.Web.Tests.Features.Runs;

/// <summary>What REST gives of a run that a runner has executed. A server of its own: a runner that was connected once may be given the runs of other tests.</summary>
public sealed class RunResultEndpointTests(BrigadeServer server) : IClassFixture<BrigadeServer>, IDisposable
{
    private readonly HttpClient _client = server.Client();

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task Result_EndedRun_HasTrialsCellsAndAdviceInTheFormOfTheFile()
    {
        await using var runner = await FakeRunner.ConnectAsync(server);
        using var submitted = await _client.PostAsync("/api/v1/runs", BrigadeServer.Json("""{ "spec": { "name": "with result", "workload": { "kernel": "noop" }, "matrix": { "strategy": ["sequential"], "workers": [1] } } }"""));
        var id = Guid.Parse((string)(await ReadAsync(submitted))["id"]!);
        await runner.RegisterAsync("result-runner");
        Assert.Equal(id, (await runner.AssignedAsync()).RunId);

        await runner.DeliverAsync(id, 0, Given.WholeRun());

        var result = await GetAsync($"/api/v1/runs/{id}/result");
        Assert.Equal("completed", (string?)result["status"]);
        Assert.Equal(2, result["trials"]!.AsArray().Count);
        Assert.Equal("sequential", (string?)result["trials"]![0]!["strategy"]);
        Assert.Single(result["cells"]!.AsArray());
        Assert.Equal(6, (await GetAsync($"/api/v1/runs/{id}/frames")).AsArray().Count);
        Assert.Equal([1, 1, 1], (await GetAsync($"/api/v1/runs/{id}/frames?trial=1")).AsArray().Select(frame => (int)frame!["trial"]!));
    }

    private async Task<JsonNode> GetAsync(string path) => JsonNode.Parse(await _client.GetStringAsync(path))!;

    private static async Task<JsonNode> ReadAsync(HttpResponseMessage response) => JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
}
