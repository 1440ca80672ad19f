using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Brigade.Analysis.Importing;
using Brigade.Web.Tests.Support;

namespace Brigade.Web.Tests.Features.Imports;

public sealed class ImportEndpointsTests(BrigadeServer server) : IClassFixture<BrigadeServer>, IDisposable
{
    private const string Hyperfine = """{"results":[{"command":"sleep <b>1</b>","times":[0.1,0.2,0.1]},{"command":"sleep 2","times":[0.2]}]}""";

    private readonly HttpClient _client = server.Client();

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task Import_HyperfineFile_IsAnEndedRunOfItsExperiment()
    {
        var (status, answer) = await PostAsync("?name=sleeps&at=2026-01-02T03:04:05Z", Hyperfine);

        Assert.Equal(HttpStatusCode.Created, status);
        Assert.Equal(("sleeps", "hyperfine", 4), ((string?)answer["name"], (string?)answer["source"], (int)answer["trials"]!));
        var run = await GetAsync($"/api/v1/runs/{answer["id"]}");
        Assert.Equal(("completed", "hyperfine", (string?)answer["experimentId"]), ((string?)run["status"], (string?)run["source"], (string?)run["experimentId"]));
        Assert.StartsWith("2026-01-02T03:04:05", (string?)run["startedAt"], StringComparison.Ordinal);
        var result = await GetAsync($"/api/v1/runs/{answer["id"]}/result");
        Assert.Equal(2, result["cells"]!.AsArray().Count);
        Assert.Empty(result["findings"]!.AsArray());
        Assert.Null(result["advice"]);
    }

    [Fact]
    public async Task Import_AsCurlSendsAFile_IsTheFileAndNoForm()
    {
        using var content = new StringContent(Hyperfine, Encoding.UTF8, "application/x-www-form-urlencoded");
        using var response = await _client.PostAsync("/api/v1/imports?name=from-curl", content);

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal(("from-curl", 4), ((string?)(await ReadAsync(response))["name"], (int)(await ReadAsync(response))["trials"]!));
    }

    [Fact]
    public async Task Import_Form_TakesItsOneFileAndItsName()
    {
        using var file = new StringContent(Hyperfine, Encoding.UTF8, "application/json");
        using var form = new MultipartFormDataContent { { file, "file", "nightly sleeps.json" } };
        using var response = await _client.PostAsync("/api/v1/imports", form);

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal("nightly sleeps", (string?)(await ReadAsync(response))["name"]);
    }

    [Fact]
    public async Task Import_Preview_StoresNothing()
    {
        var before = await TotalAsync();
        var (status, answer) = await PostAsync("?preview=true&filename=some.json", Hyperfine);

        Assert.Equal((HttpStatusCode.OK, "some"), (status, (string?)answer["name"]));
        Assert.Equal("sleep <b>1</b>|sleep 2", string.Join('|', answer["benchmarks"]!.AsArray().Select(name => (string?)name)));
        Assert.Null(answer["id"]);
        Assert.Equal(before, await TotalAsync());
    }

    [Fact]
    public async Task Import_BrokenFile_SaysWhereAndStoresNothing()
    {
        var before = await TotalAsync();
        var (status, answer) = await PostAsync("", "{\"results\":[{\"command\":\"a\",\"times\":[1]},\n{\"command\":\"b\",\"times\":[-1]}]}");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        var error = answer["errors"]![0]!;
        Assert.Equal(("/results/1/times/0", 2), ((string?)error["pointer"], (int)error["line"]!));
        Assert.Equal(before, await TotalAsync());
    }

    [Theory]
    [InlineData("?tool=gatling", "tool")]
    [InlineData("?at=yesterday", "at")]
    [InlineData("?at=2999-01-01", "at")]
    [InlineData("?preview=perhaps", "preview")]
    [InlineData("?again=perhaps", "again")]
    public async Task Import_WrongParameter_NamesIt(string query, string parameter)
    {
        var (status, answer) = await PostAsync(query, Hyperfine);

        Assert.Equal((HttpStatusCode.BadRequest, parameter), (status, (string?)answer["errors"]![0]!["parameter"]));
    }

    [Fact]
    public async Task Import_NameOfAnExperimentOfOurOwn_IsAConflict()
    {
        using var created = await _client.PostAsync("/api/v1/experiments", BrigadeServer.Json("""{"name":"mine","workload":{"kernel":"noop"}}"""));

        var (status, answer) = await PostAsync("?name=mine", Hyperfine);

        Assert.Equal((HttpStatusCode.Conflict, "/name"), (status, (string?)answer["errors"]![0]!["pointer"]));
    }

    [Fact]
    public async Task Import_SameFileAgain_IsAConflictWithTheFirstUnlessItIsMeant()
    {
        var (_, first) = await PostAsync("?name=twice", Hyperfine);

        var (status, answer) = await PostAsync("?name=twice", Hyperfine);
        var (again, _) = await PostAsync("?name=twice&again=true", Hyperfine);

        Assert.Equal((HttpStatusCode.Conflict, (string?)first["id"], $"/api/v1/runs/{first["id"]}"), (status, (string?)answer["runId"], (string?)answer["run"]));
        Assert.Equal(HttpStatusCode.Created, again);
    }

    [Fact]
    public async Task Import_TooLarge_IsRefused()
    {
        using var content = new ByteArrayContent(new byte[ImportLimits.MaximumBytes + (128 * 1024)]);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        // The server answers before the file is sent, and then listens no more.
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/imports") { Content = content };
        request.Headers.ExpectContinue = true;
        using var response = await _client.SendAsync(request);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    [Fact]
    public async Task Submit_ImportedExperiment_IsRefused()
    {
        var (_, answer) = await PostAsync("?name=not-to-be-run", Hyperfine);

        using var response = await _client.PostAsync("/api/v1/runs", BrigadeServer.Json($$"""{"experimentId":"{{answer["experimentId"]}}"}"""));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        Assert.Contains("was imported from hyperfine", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private async Task<(HttpStatusCode Status, JsonNode Answer)> PostAsync(string query, string file)
    {
        using var response = await _client.PostAsync("/api/v1/imports" + query, new StringContent(file, Encoding.UTF8, "application/json"));
        return (response.StatusCode, await ReadAsync(response));
    }

    private async Task<int> TotalAsync() => (int)(await GetAsync("/api/v1/runs"))["total"]!;

    private async Task<JsonNode> GetAsync(string path) => JsonNode.Parse(await _client.GetStringAsync(path))!;

    private static async Task<JsonNode> ReadAsync(HttpResponseMessage response) => JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
}
