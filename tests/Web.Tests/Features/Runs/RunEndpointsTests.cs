using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Brigade.Web.Tests.Support;

namespace Brigade.Web.Tests.Features.Runs;

/// <summary>The REST surface with nobody connected: runs stay queued.</summary>
public sealed class RunEndpointsTests(BrigadeServer server) : IClassFixture<BrigadeServer>, IDisposable
{
    private const string Noop = """{ "name": "noop", "workload": { "kernel": "noop" } }""";

    private readonly HttpClient _client = server.Client();

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task Submit_Spec_Is202WithLocationIdAndStatus()
    {
        using var response = await SubmitAsync($$"""{ "spec": {{Noop}} }""");

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        var answer = await ReadAsync(response);
        Assert.Equal("queued", (string?)answer["status"]);
        Assert.Equal($"/api/v1/runs/{answer["id"]}", response.Headers.Location!.ToString());
        var run = await GetAsync(response.Headers.Location!.ToString());
        Assert.Equal("noop", (string?)run["spec"]!["workload"]!["kernel"]);
    }

    [Fact]
    public async Task Submit_Experiment_IsItsRun()
    {
        using var created = await _client.PostAsync("/api/v1/experiments", BrigadeServer.Json(Noop.Replace("\"noop\", \"w", "\"stored\", \"w", StringComparison.Ordinal)));
        var id = (string?)(await ReadAsync(created))["id"];

        using var response = await SubmitAsync($$"""{ "experimentId": "{{id}}" }""");

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        var list = await GetAsync($"/api/v1/runs?experimentId={id}");
        Assert.Equal(1, (int?)list["total"]);
        Assert.Equal("stored", (string?)list["items"]![0]!["name"]);
    }

    [Fact]
    public async Task Submit_Guess_IsTakenAndHiddenUntilTheEnd()
    {
        using var response = await SubmitAsync($$"""{ "spec": {{Noop}}, "guess": { "strategy": "sequential", "speedup": 1 } }""");

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        var run = await GetAsync(response.Headers.Location!.ToString());
        Assert.Null(run["guess"]);
    }

    [Fact]
    public async Task Submit_WrongGuess_SaysWhere()
    {
        using var response = await SubmitAsync($$"""{ "spec": {{Noop}}, "guess": { "strategy": "telepathy" } }""");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        Assert.Equal("/guess/strategy", (string?)(await ReadAsync(response))["errors"]![0]!["pointer"]);
    }

    [Theory]
    [InlineData("{", 400)]
    [InlineData("[]", 400)]
    [InlineData("{}", 422)]
    [InlineData("""{ "spec": {}, "experimentId": "b51adeb5-0000-4000-8000-000000000002" }""", 422)]
    [InlineData("""{ "experimentId": "b51adeb5-0000-4000-8000-000000000002" }""", 404)]
    [InlineData("""{ "experimentId": 7 }""", 422)]
    [InlineData("""{ "spec": { "name": "a", "workload": { "kernel": "cpu.primez" } } }""", 422)]
    [InlineData("""{ "spec": { "name": "a", "workload": { "code": { "language": "python", "file": "/etc/passwd" } } } }""", 422)]
    public async Task Submit_WrongBody_IsAProblemWithTheRightStatus(string body, int status)
    {
        using var response = await SubmitAsync(body);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task Submit_NotJson_Is415()
    {
        using var response = await _client.PostAsync("/api/v1/runs", new StringContent("name: a", Encoding.UTF8, "application/yaml"));

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task Submit_TooLarge_Is413()
    {
        using var response = await SubmitAsync($$"""{ "spec": "{{new string('x', 1 << 20)}}" }""");

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    [Fact]
    public async Task Queued_ResultDeleteCancel_AnswerAsTheyShould()
    {
        using var submitted = await SubmitAsync($$"""{ "spec": {{Noop}} }""");
        var path = submitted.Headers.Location!.ToString();

        Assert.Equal(HttpStatusCode.Conflict, (await _client.GetAsync(path + "/result")).StatusCode);
        Assert.Equal("[]", await _client.GetStringAsync(path + "/frames"));
        Assert.Equal(HttpStatusCode.Conflict, (await _client.DeleteAsync(path)).StatusCode);

        using var cancelled = await _client.PostAsync(path + "/cancel", content: null);
        Assert.Equal((HttpStatusCode.Accepted, "cancelled"), (cancelled.StatusCode, (string?)(await ReadAsync(cancelled))["status"]));
        Assert.Equal(HttpStatusCode.NoContent, (await _client.DeleteAsync(path)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await _client.GetAsync(path)).StatusCode);
    }

    [Theory]
    [InlineData("GET", "")]
    [InlineData("GET", "/result")]
    [InlineData("GET", "/frames")]
    [InlineData("POST", "/cancel")]
    [InlineData("DELETE", "")]
    public async Task UnknownRun_Everything_Is404AsAProblem(string method, string suffix)
    {
        using var response = await _client.SendAsync(new HttpRequestMessage(new HttpMethod(method), $"/api/v1/runs/{Guid.NewGuid()}{suffix}"));

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
    }

    [Theory]
    [InlineData("/api/v1/runs?status=done", "status")]
    [InlineData("/api/v1/experiments?take=0", "take")]
    [InlineData("/api/v1/runs/b51adeb5-0000-4000-8000-000000000002/frames?trial=first", "trial")]
    public async Task Get_WrongParameter_Is400AndNamesIt(string path, string parameter)
    {
        using var response = await _client.GetAsync(path);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(parameter, (string?)Assert.Single((await ReadAsync(response))["errors"]!.AsArray())!["parameter"]);
    }

    private Task<HttpResponseMessage> SubmitAsync(string body) => _client.PostAsync("/api/v1/runs", BrigadeServer.Json(body));

    private async Task<JsonNode> GetAsync(string path) => JsonNode.Parse(await _client.GetStringAsync(path))!;

    private static async Task<JsonNode> ReadAsync(HttpResponseMessage response) => JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
}
