using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Brigade.Web.Tests.Support;

namespace Brigade.Web.Tests.Features.Reports;

public sealed class ReportEndpointsTests(BrigadeServer server) : IClassFixture<BrigadeServer>, IDisposable
{
    private readonly HttpClient _client = server.Client();

    public void Dispose() => _client.Dispose();

    [Theory]
    [InlineData("html", "text/html", "report-me.html", "<!DOCTYPE html>")]
    [InlineData("markdown", "text/markdown", "report-me.md", "### `report me`")]
    [InlineData("csv", "text/csv", "report-me-trials.csv", "trial,cell,")]
    [InlineData("csv&part=cells", "text/csv", "report-me-cells.csv", "cell,runtime,")]
    [InlineData("json", "application/json", "report-me.json", "{\n  \"version\": 1")]
    [InlineData("junit", "application/xml", "report-me.xml", "<?xml version=")]
    public async Task Export_Run_HasItsTypeAndName(string format, string type, string name, string beginning)
    {
        var id = await ImportAsync();

        using var response = await _client.GetAsync($"/api/v1/runs/{id}/export?as={format}");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(type, response.Content.Headers.ContentType!.MediaType);
        Assert.Equal(("attachment", name), (response.Content.Headers.ContentDisposition!.DispositionType, response.Content.Headers.ContentDisposition.FileName?.Trim('"')));
        Assert.StartsWith(beginning, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_HlogOfARunWithoutHistograms_IsAConflict()
    {
        using var response = await _client.GetAsync($"/api/v1/runs/{await ImportAsync()}/export?as=hlog");

        Assert.Equal(HttpStatusCode.Conflict, response.StatusCode);
        Assert.Contains("imported without histograms", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_RunThatHasNotStarted_IsAConflict()
    {
        using var submitted = await _client.PostAsync("/api/v1/runs", BrigadeServer.Json("""{ "spec": { "name": "waits", "workload": { "kernel": "noop" } } }"""));
        using var response = await _client.GetAsync($"/api/v1/runs/{(await ReadAsync(submitted))["id"]}/export?as=html");

        Assert.Equal(HttpStatusCode.Conflict, response.StatusCode);
    }

    [Theory]
    [InlineData("", "as")]
    [InlineData("?as=docx", "as")]
    [InlineData("?as=csv&part=runs", "part")]
    [InlineData("?as=html&part=cells", "part")]
    public async Task Export_WrongParameter_NamesIt(string query, string parameter)
    {
        using var response = await _client.GetAsync($"/api/v1/runs/{Guid.NewGuid()}/export{query}");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(parameter, (string?)(await ReadAsync(response))["errors"]![0]!["parameter"]);
    }

    [Fact]
    public async Task Export_UnknownRun_IsNotFound()
    {
        using var response = await _client.GetAsync($"/api/v1/runs/{Guid.NewGuid()}/export?as=html");

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    private async Task<string> ImportAsync()
    {
        using var response = await _client.PostAsync("/api/v1/imports?name=report%20me&again=true", new StringContent("""{"results":[{"command":"sleep 1","times":[1,2]}]}""", Encoding.UTF8, "application/json"));
        return (string)(await ReadAsync(response))["id"]!;
    }

    private static async Task<JsonNode> ReadAsync(HttpResponseMessage response) => JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
}
