using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Brigade.Web.Tests.Support;

namespace Brigade.Web.Tests.Features.Reports;

public sealed class ComparisonReportEndpointsTests(BrigadeServer server) : IClassFixture<BrigadeServer>, IDisposable
{
    private readonly HttpClient _client = server.Client();

    public void Dispose() => _client.Dispose();

    [Theory]
    [InlineData("html", "text/html", "comparison.html", "<!DOCTYPE html>")]
    [InlineData("markdown", "text/markdown", "comparison.md", "### Comparison")]
    [InlineData("csv", "text/csv", "comparison.csv", "cell,run,")]
    [InlineData("json", "application/json", "comparison.json", "{\n  \"runs\"")]
    public async Task Export_TwoRuns_HasItsTypeAndName(string format, string type, string name, string beginning)
    {
        var runs = $"{await ImportAsync(1)},{await ImportAsync(2)}";

        using var response = await _client.GetAsync($"/api/v1/comparisons/export?runs={runs}&as={format}");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal((type, name), (response.Content.Headers.ContentType!.MediaType, response.Content.Headers.ContentDisposition!.FileName?.Trim('"')));
        Assert.StartsWith(beginning, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("?as=html", "runs")]
    [InlineData("?runs=b51adeb5-0000-4000-8000-000000000002,b51adeb5-0000-4000-8000-000000000003&as=junit", "as")]
    public async Task Export_WrongParameter_NamesIt(string query, string parameter)
    {
        using var response = await _client.GetAsync("/api/v1/comparisons/export" + query);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(parameter, (string?)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["errors"]![0]!["parameter"]);
    }

    [Fact]
    public async Task Export_UnknownRun_IsNotFound()
    {
        using var response = await _client.GetAsync($"/api/v1/comparisons/export?runs={await ImportAsync(1)},{Guid.NewGuid()}&as=html");

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    private async Task<string> ImportAsync(int seconds)
    {
        using var response = await _client.PostAsync("/api/v1/imports?name=compare%20me&again=true", new StringContent($$"""{"results":[{"command":"sleep","times":[{{seconds}},{{seconds}},{{seconds}}]}]}""", Encoding.UTF8, "application/json"));
        return (string)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["id"]!;
    }
}
