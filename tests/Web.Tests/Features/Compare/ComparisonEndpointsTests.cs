using System.Net;
using System.Text.Json.Nodes;
using Brigade.Data.Queries;
using Brigade.Web.Tests.Support;

namespace Brigade.Web.Tests.Features.Compare;

public sealed class ComparisonEndpointsTests(BrigadeServer server) : IClassFixture<BrigadeServer>, IDisposable
{
    private readonly HttpClient _client = server.Client();

    private RunStore Runs => server.Get<RunStore>();

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task Compare_TwoRuns_HasVerdictSummariesDifferencesAndCells()
    {
        var (first, second) = (await Runs.MeasureAsync(100), await Runs.MeasureAsync(50));

        var answer = await GetAsync($"/api/v1/comparisons?runs={first.Id},{second.Id}");

        Assert.Equal("slower", (string?)answer["verdict"]);
        Assert.Equal("slower", (string?)answer["summaries"]![0]!["verdict"]);
        Assert.Equal((1, 1), ((int)answer["summaries"]![0]!["run"]!, (int)answer["summaries"]![0]!["slower"]!));
        Assert.Equal([first.Id.ToString(), second.Id.ToString()], answer["runs"]!.AsArray().Select(run => (string?)run!["id"]), StringComparer.Ordinal);
        Assert.Equal("slower", (string?)Assert.Single(answer["cells"]!.AsArray())!["verdicts"]![0]!["verdict"]);
        Assert.Equal(6, (int?)answer["cells"]![0]!["runs"]![0]!["completed"]);
        Assert.Equal($"/compare?runs={first.Id},{second.Id}", (string?)answer["url"]);
        Assert.Null(answer["baseline"]);
    }

    [Theory]
    [InlineData("", "runs")]
    [InlineData("?runs=b51adeb5-0000-4000-8000-000000000002", "runs")]
    [InlineData("?runs=yesterday", "runs")]
    [InlineData("?runs=b51adeb5-0000-4000-8000-000000000002&cells=a,b", "cells")]
    public async Task Compare_WrongParameters_Is400AndNamesThem(string query, string parameter)
    {
        using var response = await _client.GetAsync("/api/v1/comparisons" + query);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(parameter, (string?)(await ReadAsync(response))["errors"]![0]!["parameter"]);
    }

    [Fact]
    public async Task Compare_UnknownUnmeasuredAndCellsBeyondThePlan_AreProblems()
    {
        var run = await Runs.MeasureAsync();
        var queued = await Runs.CreateAsync(Given.Spec("not yet"), 1, 2, null);

        Assert.Equal(HttpStatusCode.NotFound, (await _client.GetAsync($"/api/v1/comparisons?runs={run.Id},{Guid.NewGuid()}")).StatusCode);
        using var conflict = await _client.GetAsync($"/api/v1/comparisons?runs={run.Id},{queued.Id}");
        Assert.Equal(HttpStatusCode.Conflict, conflict.StatusCode);
        Assert.Contains("not yet", (string?)(await ReadAsync(conflict))["detail"], StringComparison.Ordinal);
        using var beyond = await _client.GetAsync($"/api/v1/comparisons?runs={run.Id}&cells=0,7");
        Assert.Equal(HttpStatusCode.BadRequest, beyond.StatusCode);
        Assert.Contains("there is no cell 7", (string?)(await ReadAsync(beyond))["detail"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Baseline_PinCompareReplaceUnpin_WorksAsAPipelineUsesIt()
    {
        var experiment = (await server.Get<ExperimentStore>().CreateAsync(Given.Spec("pipeline"))).Id;
        var first = await Runs.MeasureAsync(100, experiment, spec: Given.Spec() with { Tags = ["main"] });
        var baselines = $"/api/v1/experiments/{experiment}/baselines";
        using var pinned = await PutAsync(baselines, $$"""{ "runId": "{{first.Id}}", "note": "release 1.4" }""");
        using var tagged = await PutAsync(baselines + "/main", $$"""{ "runId": "{{first.Id}}" }""");
        var second = await Runs.MeasureAsync(50, experiment, spec: Given.Spec() with { Tags = ["main"] });

        Assert.Equal((HttpStatusCode.OK, "release 1.4", ""), (pinned.StatusCode, (string?)(await ReadAsync(pinned))["note"], (string?)(await ReadAsync(pinned))["tag"]));
        Assert.Equal(HttpStatusCode.OK, tagged.StatusCode);
        Assert.Equal(["", "main"], (await GetAsync(baselines))["items"]!.AsArray().Select(item => (string?)item!["tag"]), StringComparer.Ordinal);

        var comparison = await GetAsync($"/api/v1/runs/{second.Id}/comparison");
        Assert.Equal(("slower", "main", first.Id.ToString()), ((string?)comparison["verdict"], (string?)comparison["baseline"]!["tag"], (string?)comparison["runs"]![0]!["id"]));

        using var deleted = await _client.DeleteAsync($"/api/v1/runs/{first.Id}");
        Assert.Equal(HttpStatusCode.Conflict, deleted.StatusCode);
        Assert.Equal("The run is a baseline.", (string?)(await ReadAsync(deleted))["title"]);

        Assert.Equal(HttpStatusCode.NoContent, (await _client.DeleteAsync(baselines + "/main")).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await _client.DeleteAsync(baselines)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await _client.DeleteAsync(baselines)).StatusCode);
        using var none = await _client.GetAsync($"/api/v1/runs/{second.Id}/comparison");
        Assert.Equal((HttpStatusCode.NotFound, "The run has no baseline."), (none.StatusCode, (string?)(await ReadAsync(none))["title"]));
        Assert.Equal("slower", (string?)(await GetAsync($"/api/v1/runs/{second.Id}/comparison?with={first.Id}"))["verdict"]);
        Assert.Equal(HttpStatusCode.NoContent, (await _client.DeleteAsync($"/api/v1/runs/{first.Id}")).StatusCode);
    }

    [Theory]
    [InlineData("team/main")]
    [InlineData("team%2Fmain")]
    public async Task Baseline_TagWithASlash_IsPinnedAndTakenAway(string inThePath)
    {
        var experiment = (await server.Get<ExperimentStore>().CreateAsync(Given.Spec("slashed " + inThePath))).Id;
        var run = await Runs.MeasureAsync(100, experiment, spec: Given.Spec() with { Tags = ["team/main"] });
        var baselines = $"/api/v1/experiments/{experiment}/baselines";

        using var pinned = await PutAsync($"{baselines}/{inThePath}", $$"""{ "runId": "{{run.Id}}" }""");

        Assert.Equal((HttpStatusCode.OK, "team/main"), (pinned.StatusCode, (string?)(await ReadAsync(pinned))["tag"]));
        Assert.Equal(HttpStatusCode.NoContent, (await _client.DeleteAsync($"{baselines}/{inThePath}")).StatusCode);
    }

    [Fact]
    public async Task Pin_WrongBodies_AreProblemsThatNameThePlace()
    {
        var experiment = (await server.Get<ExperimentStore>().CreateAsync(Given.Spec("wrong bodies"))).Id;
        var foreign = await Runs.MeasureAsync();
        foreach (var (body, pointer) in new[]
        {
            ("{}", "/runId"), ("""{ "runId": "x" }""", "/runId"), ($$"""{ "runId": "{{foreign.Id}}" }""", "/runId"), ($$"""{ "runId": "{{foreign.Id}}", "note": 7 }""", "/note"),
            ($$"""{ "runId": "{{foreign.Id}}", "note": "{{new string('x', 501)}}" }""", "/note"), ($$"""{ "runId": "{{foreign.Id}}", "by": "me" }""", "/by"),
        })
        {
            using var response = await PutAsync($"/api/v1/experiments/{experiment}/baselines", body);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
            Assert.Equal(pointer, (string?)(await ReadAsync(response))["errors"]![0]!["pointer"]);
        }

        using var unknown = await PutAsync($"/api/v1/experiments/{Guid.NewGuid()}/baselines", $$"""{ "runId": "{{foreign.Id}}" }""");
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await _client.GetAsync($"/api/v1/experiments/{Guid.NewGuid()}/baselines")).StatusCode);
    }

    [Fact]
    public async Task Run_ComparedWithNonsenseOrItself_Is400()
    {
        var run = await Runs.MeasureAsync();

        Assert.Equal(HttpStatusCode.BadRequest, (await _client.GetAsync($"/api/v1/runs/{run.Id}/comparison?with=x")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await _client.GetAsync($"/api/v1/runs/{run.Id}/comparison?with={run.Id}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await _client.GetAsync($"/api/v1/runs/{Guid.NewGuid()}/comparison")).StatusCode);
        Assert.Contains("of no stored experiment", await (await _client.GetAsync($"/api/v1/runs/{run.Id}/comparison")).Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Document_Comparisons_HaveExamples()
    {
        var document = await GetAsync("/openapi/v1.json");

        foreach (var path in new[] { "/api/v1/comparisons", "/api/v1/runs/{id}/comparison" })
            Assert.Equal("slower", (string?)document["paths"]![path]!["get"]!["responses"]!["200"]!["content"]!["application/json"]!["example"]!["verdict"]);
        Assert.NotNull(document["paths"]!["/api/v1/experiments/{id}/baselines/{tag}"]!["put"]!["requestBody"]!["content"]!["application/json"]!["example"]!["runId"]);
    }

    private Task<HttpResponseMessage> PutAsync(string path, string body) => _client.PutAsync(path, BrigadeServer.Json(body));

    private async Task<JsonNode> GetAsync(string path) => JsonNode.Parse(await _client.GetStringAsync(path))!;

    private static async Task<JsonNode> ReadAsync(HttpResponseMessage response) => JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
}
