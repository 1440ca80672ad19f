using System.Net;
using System.Text.Json.Nodes;
using Brigade.Web.Tests.Support;

namespace Brigade.Web.Tests.Features.Api;

public sealed class DocumentationTests(BrigadeServer server) : IClassFixture<BrigadeServer>, IDisposable
{
    private readonly HttpClient _client = server.Client();

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task Document_OfVersion1_HasEveryRouteWithSummaryAndTheTokenScheme()
    {
        var document = JsonNode.Parse(await _client.GetStringAsync("/openapi/v1.json"))!;

        Assert.StartsWith("3.1", (string?)document["openapi"], StringComparison.Ordinal);
        Assert.Equal("bearer", (string?)document["components"]!["securitySchemes"]!["bearer"]!["scheme"]);
        foreach (var path in new[] { "/api/v1/experiments", "/api/v1/experiments/{id}", "/api/v1/runs", "/api/v1/runs/{id}", "/api/v1/runs/{id}/result", "/api/v1/runs/{id}/frames", "/api/v1/runs/{id}/crossover", "/api/v1/runs/{id}/cancel", "/api/v1/kernels", "/api/v1/runners", "/api/v1/presets" })
            Assert.True(document["paths"]!.AsObject().ContainsKey(path), path);
        var operations = document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject()).ToList();
        Assert.All(operations, operation => Assert.NotNull(operation.Value!["summary"]));
        Assert.All(operations, operation => Assert.All(["401", "403", "503"], status => Assert.NotNull(operation.Value!["responses"]![status])));
        Assert.NotNull(document["paths"]!["/api/v1/runs"]!["post"]!["responses"]!["507"]);
        Assert.NotNull(document["paths"]!["/api/v1/runs"]!["post"]!["requestBody"]!["content"]!["application/json"]!["example"]);
    }

    [Fact]
    public async Task Page_Documentation_LoadsNothingFromElsewhere()
    {
        var page = await _client.GetStringAsync("/api/docs/");

        Assert.DoesNotContain("https://", page, StringComparison.Ordinal);
        using var script = await _client.GetAsync("/api/docs/scalar.js");
        Assert.Equal(HttpStatusCode.OK, script.StatusCode);
    }

    [Fact]
    public async Task Catalogue_KernelsPresetsRunners_AreListed()
    {
        Assert.Contains(Items(await _client.GetStringAsync("/api/v1/kernels")), kernel => (string?)kernel!["name"] == "cpu.primes");
        Assert.Contains(Items(await _client.GetStringAsync("/api/v1/presets")), preset => preset!["spec"]!["workload"] is not null);
        Assert.Empty(Items(await _client.GetStringAsync("/api/v1/runners")));
    }

    [Fact]
    public async Task UnknownPath_BelowTheApi_Is404AsAProblem()
    {
        using var response = await _client.GetAsync("/api/v1/nothing");

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
    }

    private static JsonArray Items(string json) => JsonNode.Parse(json)!["items"]!.AsArray();
}
