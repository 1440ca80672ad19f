using System.Net;
using System.Text.Json.Nodes;
using Brigade.Data.Entities;
using Brigade.Web.Tests.Support;

namespace Brigade.Web.Tests.Features.Api;

/// <summary>Requests that are sent twice, and changes to what somebody else has changed.</summary>
public sealed class RepeatTests(BrigadeServer server) : IClassFixture<BrigadeServer>, IDisposable
{
    private const string Run = """{ "spec": { "name": "noop", "workload": { "kernel": "noop" } } }""";

    private readonly HttpClient _client = server.Client();

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task Post_SameKeyTwice_IsDoneOnceAndAnsweredAlike()
    {
        var key = Guid.NewGuid().ToString();

        using var first = await PostAsync("/api/v1/runs", Run, key);
        using var second = await PostAsync("/api/v1/runs", Run, key);

        Assert.Equal((HttpStatusCode.Accepted, HttpStatusCode.Accepted), (first.StatusCode, second.StatusCode));
        Assert.Equal(await first.Content.ReadAsStringAsync(), await second.Content.ReadAsStringAsync());
        Assert.Equal(first.Headers.Location, second.Headers.Location);
        Assert.False(first.Headers.Contains("Idempotent-Replayed"));
        Assert.Equal("true", second.Headers.GetValues("Idempotent-Replayed").Single());
        Assert.Equal("application/json", second.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task Post_SameKeyWithAnotherBody_Is422()
    {
        var key = Guid.NewGuid().ToString();
        await PostAsync("/api/v1/runs", Run, key);

        using var other = await PostAsync("/api/v1/runs", Run.Replace("noop\", \"w", "other\", \"w", StringComparison.Ordinal), key);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, other.StatusCode);
        Assert.Contains("another request", (string?)(await ReadAsync(other))["title"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_WrongBody_IsAnsweredAgainWithoutBeingStoredAsDone()
    {
        var key = Guid.NewGuid().ToString();

        using var first = await PostAsync("/api/v1/runs", "{}", key);
        using var second = await PostAsync("/api/v1/runs", "{}", key);

        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity), (first.StatusCode, second.StatusCode));
        Assert.Equal("application/problem+json", second.Content.Headers.ContentType!.MediaType);
        Assert.Contains("Send either", await second.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_ManyAtOnce_AreDoneOnce()
    {
        var key = Guid.NewGuid().ToString();
        var name = $"once {key}";

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => PostAsync("/api/v1/runs", Run.Replace("\"noop\", \"w", $"\"{name}\", \"w", StringComparison.Ordinal), key)));

        Assert.All(answers, answer => Assert.True(answer.StatusCode is HttpStatusCode.Accepted or HttpStatusCode.Conflict, $"{answer.StatusCode}"));
        var runs = JsonNode.Parse(await _client.GetStringAsync($"/api/v1/runs?search={Uri.EscapeDataString(name)}"))!;
        Assert.Equal(1, (int)runs["total"]!);
    }

    [Theory]
    [InlineData("/api/v1/runs", "two words")]
    [InlineData("/api/v1/keys", "a-good-key")]
    public async Task Post_KeyThatCannotBeTaken_Is400(string path, string key)
    {
        using var response = await PostAsync(path, """{ "name": "a", "scope": "read" }""", key);

        Assert.Equal((HttpStatusCode.BadRequest, "application/problem+json"), (response.StatusCode, response.Content.Headers.ContentType!.MediaType));
    }

    [Fact]
    public async Task Experiment_ChangedByIfMatch_AnswersByItsVersion()
    {
        using var created = await PostAsync("/api/v1/experiments", Experiment("tagged", 1));
        var path = created.Headers.Location!.ToString();
        using var read = await _client.GetAsync(path);
        Assert.Equal("\"1\"", read.Headers.ETag!.ToString());
        Assert.Equal(HttpStatusCode.NotModified, (await SendAsync(HttpMethod.Get, path, null, ("If-None-Match", "\"1\""))).StatusCode);

        using var changed = await SendAsync(HttpMethod.Put, path, Experiment("tagged", 2), ("If-Match", "\"1\""));
        using var late = await SendAsync(HttpMethod.Put, path, Experiment("tagged", 3), ("If-Match", "\"1\""));
        using var blind = await SendAsync(HttpMethod.Put, path, Experiment("tagged", 3));
        using var deleted = await SendAsync(HttpMethod.Delete, path, null, ("If-Match", "\"1\""));

        Assert.Equal((HttpStatusCode.OK, "\"2\""), (changed.StatusCode, changed.Headers.ETag!.ToString()));
        Assert.Equal(HttpStatusCode.PreconditionFailed, late.StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, blind.StatusCode);
        Assert.Equal(HttpStatusCode.PreconditionFailed, deleted.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(HttpMethod.Put, path, Experiment("tagged", 3), ("If-Match", "*"))).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await SendAsync(HttpMethod.Delete, path, null, ("If-Match", "\"3\""))).StatusCode);
    }

    [Fact]
    public async Task Experiment_ChangedByManyAtOnceWithTheSameTag_GoesWellOnce()
    {
        using var created = await PostAsync("/api/v1/experiments", Experiment("raced", 1));
        var path = created.Headers.Location!.ToString();

        var answers = await Task.WhenAll(Enumerable.Range(2, 6).Select(repeat => SendAsync(HttpMethod.Put, path, Experiment("raced", repeat), ("If-Match", "\"1\""))));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK);
        Assert.Equal(5, answers.Count(answer => answer.StatusCode == HttpStatusCode.PreconditionFailed));
    }

    [Fact]
    public async Task Post_SameKeyOfAnotherCaller_IsAnotherRequest()
    {
        var key = Guid.NewGuid().ToString();
        using var first = await PostAsync("/api/v1/runs", Run, key);
        using var other = server.Client(CallerHandler.Member(WorkspaceRole.Editor, Workspace.DefaultId));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/runs") { Content = BrigadeServer.Json(Run) };
        request.Headers.Add("Idempotency-Key", key);

        using var second = await other.SendAsync(request);

        Assert.Equal(HttpStatusCode.Accepted, second.StatusCode);
        Assert.NotEqual(first.Headers.Location, second.Headers.Location);
    }

    private static string Experiment(string name, int repeat) => $$"""{ "spec": { "name": "{{name}}", "workload": { "kernel": "noop" }, "repeat": {{repeat}} } }""";

    private Task<HttpResponseMessage> PostAsync(string path, string body, string? key = null) => key is null ? SendAsync(HttpMethod.Post, path, body) : SendAsync(HttpMethod.Post, path, body, ("Idempotency-Key", key));

    private Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? body, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, path);
        if (body is not null)
            request.Content = BrigadeServer.Json(body);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return _client.SendAsync(request);
    }

    private static async Task<JsonNode> ReadAsync(HttpResponseMessage response) => JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
}
