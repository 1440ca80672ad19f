using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Brigade.Web.Tests.Support;

namespace Brigade.Web.Tests.Features.Keys;

/// <summary>Keys over HTTP: what each scope opens, and that nothing opens once it is revoked.</summary>
public sealed class KeyEndpointsTests(BrigadeServer server) : IClassFixture<BrigadeServer>, IDisposable
{
    private const string Noop = """{ "spec": { "name": "noop", "workload": { "kernel": "noop" } } }""";

    private readonly HttpClient _client = server.Client();

    public void Dispose() => _client.Dispose();

    [Theory]
    [InlineData("read", "viewer", HttpStatusCode.OK, HttpStatusCode.Forbidden, HttpStatusCode.Forbidden)]
    [InlineData("write", "editor", HttpStatusCode.OK, HttpStatusCode.Accepted, HttpStatusCode.Forbidden)]
    [InlineData("admin", "admin", HttpStatusCode.OK, HttpStatusCode.Accepted, HttpStatusCode.OK)]
    [InlineData("runner", null, HttpStatusCode.Forbidden, HttpStatusCode.Forbidden, HttpStatusCode.Forbidden)]
    public async Task Key_OfEachScope_OpensWhatItsRoleMay(string scope, string? role, HttpStatusCode read, HttpStatusCode write, HttpStatusCode admin)
    {
        using var client = server.Client((await CreateAsync(scope)).Key);

        Assert.Equal(read, (await client.GetAsync("/api/v1/runs")).StatusCode);
        Assert.Equal(write, (await client.PostAsync("/api/v1/runs", BrigadeServer.Json(Noop))).StatusCode);
        Assert.Equal(admin, (await client.GetAsync("/api/v1/keys")).StatusCode);
        using var current = await client.GetAsync("/api/v1/keys/current");
        Assert.Equal(read, current.StatusCode);
        if (role is not null)
            Assert.Equal((role, $"test {scope}"), ((string?)(await ReadAsync(current))["role"], (string?)(await ReadAsync(current))["name"]));
    }

    [Fact]
    public async Task Create_Key_IsToldOnceAndListedWithoutItsText()
    {
        var (key, id) = await CreateAsync("read", days: 30);

        Assert.Matches("^brg_[A-Za-z0-9_-]{43}$", key);
        var list = await _client.GetStringAsync("/api/v1/keys");
        Assert.DoesNotContain(key, list, StringComparison.Ordinal);
        var row = JsonNode.Parse(list)!["items"]!.AsArray().Single(item => (string?)item!["id"] == id)!;
        Assert.Equal((key[..10], "read", "server token"), ((string?)row["prefix"], (string?)row["scope"], (string?)row["createdBy"]));
        Assert.NotNull(row["expiresAt"]);
        Assert.Null(row["lastUsedAt"]);

        using var client = server.Client(key);
        await client.GetAsync("/api/v1/runs");
        Assert.NotNull((await GetAsync($"/api/v1/keys/{id}"))["lastUsedAt"]);
    }

    [Fact]
    public async Task Revoke_Key_IsRefusedAtOnce()
    {
        var (key, id) = await CreateAsync("write");
        using var client = server.Client(key);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/v1/runs")).StatusCode);

        Assert.Equal(HttpStatusCode.NoContent, (await _client.DeleteAsync($"/api/v1/keys/{id}")).StatusCode);

        using var refused = await client.GetAsync("/api/v1/runs");
        Assert.Equal((HttpStatusCode.Unauthorized, "application/problem+json"), (refused.StatusCode, refused.Content.Headers.ContentType!.MediaType));
        Assert.Equal(HttpStatusCode.NoContent, (await _client.DeleteAsync($"/api/v1/keys/{id}")).StatusCode);
        Assert.NotNull((await GetAsync($"/api/v1/keys/{id}"))["revokedAt"]);
        Assert.Equal(HttpStatusCode.NotFound, (await _client.DeleteAsync($"/api/v1/keys/{Guid.NewGuid()}")).StatusCode);
    }

    [Fact]
    public async Task RunnerKey_ConnectsARunnerUntilItIsRevoked()
    {
        var (key, id) = await CreateAsync("runner");
        await using var runner = await FakeRunner.ConnectAsync(server, key);
        await runner.RegisterAsync("with a key");
        var listed = (await GetAsync("/api/v1/runners"))["items"]!.AsArray();
        Assert.False((bool)Assert.Single(listed)!["embedded"]!);

        await _client.DeleteAsync($"/api/v1/keys/{id}");

        await runner.ClosedAsync();
        await Assert.ThrowsAsync<HttpRequestException>(() => FakeRunner.ConnectAsync(server, key));
    }

    [Fact]
    public async Task Revoke_Key_EndsTheStreamsOfItsBearer()
    {
        var (key, id) = await CreateAsync("write");
        using var client = server.Client(key);
        using var submitted = await client.PostAsync("/api/v1/runs", BrigadeServer.Json(Noop));
        using var events = await client.GetAsync(submitted.Headers.Location + "/events", HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(HttpStatusCode.OK, events.StatusCode);
        var all = events.Content.ReadAsStringAsync();

        await _client.DeleteAsync($"/api/v1/keys/{id}");

        Assert.Contains("event: run", await all.WaitAsync(TimeSpan.FromSeconds(60)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}", "/name")]
    [InlineData("""{ "name": " ", "scope": "read" }""", "/name")]
    [InlineData("""{ "name": "a" }""", "/scope")]
    [InlineData("""{ "name": "a", "scope": "owner" }""", "/scope")]
    [InlineData("""{ "name": "a", "scope": 1 }""", "/scope")]
    [InlineData("""{ "name": "a", "scope": "read", "expiresInDays": 0 }""", "/expiresInDays")]
    [InlineData("""{ "name": "a", "scope": "read", "expiresInDays": "soon" }""", "/expiresInDays")]
    [InlineData("""{ "name": "a", "scope": "read", "for": "me" }""", "/for")]
    public async Task Create_WrongBody_NamesThePlace(string body, string pointer)
    {
        using var response = await _client.PostAsync("/api/v1/keys", BrigadeServer.Json(body));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        Assert.Equal(pointer, (string?)(await ReadAsync(response))["errors"]![0]!["pointer"]);
    }

    [Theory]
    [InlineData("brg_")]
    [InlineData("brg_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task UnknownKey_Is401(string key)
    {
        using var client = server.Client(key);

        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/api/v1/runs")).StatusCode);
    }

    private async Task<(string Key, string Id)> CreateAsync(string scope, int? days = null)
    {
        using var response = await _client.PostAsJsonAsync("/api/v1/keys", new { name = $"test {scope}", scope, expiresInDays = days });
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Contains("no-store", response.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        var answer = await ReadAsync(response);
        return ((string)answer["key"]!, (string)answer["details"]!["id"]!);
    }

    private async Task<JsonNode> GetAsync(string path) => JsonNode.Parse(await _client.GetStringAsync(path))!;

    private static async Task<JsonNode> ReadAsync(HttpResponseMessage response) => JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
}
