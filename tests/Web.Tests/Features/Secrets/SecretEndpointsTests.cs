using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Brigade.Contracts.Messages;
using Brigade.Web.Hosting;
using Brigade.Web.Tests.Support;

namespace Brigade.Web.Tests.Features.Secrets;

/// <summary>A value goes in, and comes out with the run that names it and nowhere else.</summary>
public sealed class SecretEndpointsTests : IAsyncLifetime
{
    private const string Canary = "canary-6e02b1c9";

    private readonly BrigadeServer _server = new();

    public ValueTask InitializeAsync() => _server.InitializeAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Set_Secret_ReachesTheRunThatNamesItAndNothingElse()
    {
        using var client = _server.Client();
        using var stored = await client.PutAsync("/api/v1/secrets/TOKEN", BrigadeServer.Json($$"""{ "value": "{{Canary}}" }"""));
        Assert.Equal(HttpStatusCode.NoContent, stored.StatusCode);
        await using var runner = await FakeRunner.ConnectAsync(_server);
        await runner.RegisterAsync();

        var named = await SubmitAsync(client, """{ "version": 1, "name": "named", "workload": { "code": { "language": "python", "source": "def task(index, TOKEN): pass" }, "secrets": ["TOKEN"] }, "matrix": { "strategy": ["sequential"], "workers": [1] } }""");
        var order = RunOrder.Read((await runner.AssignedAsync()).Order);
        await runner.DeliverAsync(named, 0, Given.WholeRun());
        await SubmitAsync(client, """{ "version": 1, "name": "unnamed", "workload": { "kernel": "noop" }, "matrix": { "strategy": ["sequential"], "workers": [1] } }""");
        var other = RunOrder.Read((await runner.AssignedAsync()).Order);

        Assert.Equal(Canary, order.Secrets["TOKEN"]);
        Assert.Empty(other.Secrets);
        foreach (var path in new[] { "/api/v1/secrets", $"/api/v1/runs/{named}", $"/api/v1/runs/{named}/result", "/api/v1/audit", "/api/v1/runs", "/api/v1/settings/network" })
        {
            var answer = await client.GetStringAsync(path);
            Assert.DoesNotContain(Canary, answer, StringComparison.Ordinal);
        }

        Assert.Contains("\"usedAt\"", await client.GetStringAsync("/api/v1/secrets"), StringComparison.Ordinal);
        Assert.Empty(FilesThatHold(Canary));
    }

    [Fact]
    public async Task Set_WrongNameOrValue_IsRefusedWithoutTheValue()
    {
        using var client = _server.Client();
        foreach (var (name, body, pointer) in new[] { ("1x", """{ "value": "long enough" }""", ""), ("X", """{ "value": "short" }""", "/value"), ("X", """{ "value": 7 }""", "/value"), ("X", """{ "valeu": "abcdefgh" }""", "/valeu") })
        {
            using var response = await client.PutAsync($"/api/v1/secrets/{name}", BrigadeServer.Json(body));

            var text = await response.Content.ReadAsStringAsync();
            Assert.Equal((HttpStatusCode.UnprocessableEntity, pointer), (response.StatusCode, (string?)JsonNode.Parse(text)!["errors"]![0]!["pointer"]));
            Assert.DoesNotContain("long enough", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Delete_Secret_IsGoneAndThen404()
    {
        using var client = _server.Client();
        using var stored = await client.PutAsync("/api/v1/secrets/GONE", BrigadeServer.Json("""{ "value": "a value to go" }"""));

        using var deleted = await client.DeleteAsync("/api/v1/secrets/GONE");
        using var again = await client.DeleteAsync("/api/v1/secrets/GONE");

        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NotFound), (deleted.StatusCode, again.StatusCode));
    }

    private static async Task<Guid> SubmitAsync(HttpClient client, string spec)
    {
        using var response = await client.PostAsync("/api/v1/runs", BrigadeServer.Json($$"""{ "spec": {{spec}} }"""));
        response.EnsureSuccessStatusCode();
        return (Guid)(await response.Content.ReadFromJsonAsync<JsonObject>())!["id"]!;
    }

    /// <summary>The database with its journal, the keys, and whatever else the server writes.</summary>
    private IEnumerable<string> FilesThatHold(string text)
    {
        var wanted = Encoding.UTF8.GetBytes(text);
        foreach (var file in Directory.EnumerateFiles(_server.Get<DataDirectory>().Path, "*", SearchOption.AllDirectories).Where(path => !path.EndsWith(".lock", StringComparison.Ordinal)))
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            if (bytes.ToArray().AsSpan().IndexOf(wanted) >= 0)
                yield return file;
        }
    }
}
