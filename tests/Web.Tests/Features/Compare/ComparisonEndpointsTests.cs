using System.Net;
using System.Text.Json.Nodes;
using Brigade.Data.Queries;
using Brigade.Web.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Brigade.Web.Tests.Features.Compare;

public sealed class ComparisonEndpointsTests(BrigadeServer server) : IClassFixture<BrigadeServer>, IDisposable
{
    private readonly HttpClient _client = server.Client();

    private RunStore Runs => server.Services.GetRequiredService<RunStore>();

    public void Dispose() => _client.Dispose();

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
    public async Task Pin_WrongBodies_AreProblemsThatNameThePlace()
    {
        var experiment = (await server.Services.GetRequiredService<ExperimentStore>().CreateAsync(Given.Spec("wrong bodies"))).Id;
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
