using System.Net;
using System.Text.Json.Nodes;
using Brigade.Web.Tests.Support;

namespace Brigade.Web.Tests.Features.Experiments;

public sealed class ExperimentEndpointsTests(BrigadeServer server) : IClassFixture<BrigadeServer>, IDisposable
{
    private readonly HttpClient _client = server.Client();

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task Experiment_CreateReadChangeDelete_Works()
    {
        using var created = await _client.PostAsync("/api/v1/experiments", BrigadeServer.Json($$"""{ "spec": {{Spec("whole life")}} }"""));
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        var location = created.Headers.Location!.ToString();
        Assert.Equal("whole life", (string?)(await GetAsync(location))["spec"]!["name"]);

        using var changed = await _client.PutAsync(location, BrigadeServer.Json($$"""{ "version": 1, "spec": {{Spec("another name")}} }"""));
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        Assert.Equal(2, (int?)(await GetAsync(location))["version"]);

        using var stale = await _client.PutAsync(location, BrigadeServer.Json($$"""{ "version": 1, "spec": {{Spec("third name")}} }"""));
        Assert.Equal(HttpStatusCode.Conflict, stale.StatusCode);

        Assert.Equal(HttpStatusCode.NoContent, (await _client.DeleteAsync(location)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await _client.GetAsync(location)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await _client.DeleteAsync(location)).StatusCode);
    }

    [Fact]
    public async Task Create_BareSpec_IsTakenToo()
    {
        using var created = await _client.PostAsync("/api/v1/experiments", BrigadeServer.Json(Spec("bare")));

        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        Assert.Contains((await GetAsync("/api/v1/experiments"))["items"]!.AsArray(), item => (string?)item!["name"] == "bare");
    }

    [Fact]
    public async Task Create_NameThatIsTaken_Is409()
    {
        await _client.PostAsync("/api/v1/experiments", BrigadeServer.Json(Spec("taken")));
        using var again = await _client.PostAsync("/api/v1/experiments", BrigadeServer.Json(Spec("taken")));

        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
        Assert.Equal("application/problem+json", again.Content.Headers.ContentType!.MediaType);
        Assert.Equal("/name", (string?)JsonNode.Parse(await again.Content.ReadAsStringAsync())!["errors"]![0]!["pointer"]);
    }

    [Fact]
    public async Task List_Page_HoldsWhatWasAskedForAndTheTotal()
    {
        foreach (var name in new[] { "page a", "page b", "page c" })
            await _client.PostAsync("/api/v1/experiments", BrigadeServer.Json(Spec(name)));
        var total = (int)(await GetAsync("/api/v1/experiments?take=200"))["total"]!;

        var page = await GetAsync($"/api/v1/experiments?skip=1&take=1");

        Assert.Single(page["items"]!.AsArray());
        Assert.Equal(total, (int?)page["total"]);
    }

    [Theory]
    [InlineData("""{ "spec": { "name": "a" } }""", "/spec/workload")]
    [InlineData("""{ "spec": {}, "more": 1 }""", "/more")]
    public async Task Create_WrongSpec_Is422WithPointers(string body, string pointer)
    {
        using var response = await _client.PostAsync("/api/v1/experiments", BrigadeServer.Json(body));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        var problem = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        Assert.Contains(problem["errors"]!.AsArray(), error => ((string)error!["pointer"]!).StartsWith(pointer, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{}", "/version")]
    [InlineData("""{ "version": 1 }""", "/spec")]
    public async Task Change_WithoutVersionOrSpec_Is422(string body, string pointer)
    {
        using var response = await _client.PutAsync($"/api/v1/experiments/{Guid.NewGuid()}", BrigadeServer.Json(body));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        Assert.Equal(pointer, (string?)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["errors"]![0]!["pointer"]);
    }

    private static string Spec(string name) => $$"""{ "name": "{{name}}", "workload": { "kernel": "noop" } }""";

    private async Task<JsonNode> GetAsync(string path) => JsonNode.Parse(await _client.GetStringAsync(path))!;
}
