using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Brigade.Data.Entities;
using Brigade.Web.Features.Quotas;
using Brigade.Web.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Brigade.Web.Tests.Features.Quotas;

/// <summary>Quotas over HTTP. A server of its own for each test: a quota is the whole workspace's.</summary>
public sealed class QuotaEndpointTests : IAsyncLifetime
{
    private const string Run = """{ "spec": { "name": "x", "workload": { "kernel": "cpu.primes" }, "matrix": { "strategy": ["sequential"], "workers": [1] } } }""";

    private readonly BrigadeServer _server = new();

    public ValueTask InitializeAsync() => _server.InitializeAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Submit_AsManyRunsAsMayBe_Answers429WithWhatAndHowMuch()
    {
        using var client = _server.Client();
        using var set = await client.PutAsync("/api/v1/settings/quotas", BrigadeServer.Json("""{ "runsAtATime": 1 }"""));
        Assert.Equal(HttpStatusCode.OK, set.StatusCode);
        using var first = await client.PostAsync("/api/v1/runs", BrigadeServer.Json(Run));
        Assert.Equal(HttpStatusCode.Accepted, first.StatusCode);

        using var second = await client.PostAsync("/api/v1/runs", BrigadeServer.Json(Run));

        Assert.Equal(HttpStatusCode.TooManyRequests, second.StatusCode);
        Assert.Equal("application/problem+json", second.Content.Headers.ContentType!.MediaType);
        Assert.True(second.Headers.RetryAfter!.Delta > TimeSpan.Zero);
        var problem = await second.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(("runsAtATime", 1, 1), (problem.GetProperty("quota").GetString(), problem.GetProperty("limit").GetInt32(), problem.GetProperty("used").GetInt32()));
        Assert.Contains("cancel one", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        var now = await client.GetFromJsonAsync<JsonElement>("/api/v1/settings/quotas");
        Assert.Equal(1, now.GetProperty("use").GetProperty("openRuns").GetInt32());
        Assert.Equal(1, now.GetProperty("limits").GetProperty("runsAtATime").GetInt32());
    }

    [Theory]
    [InlineData("""{ "runsAtATime": 0 }""", "/runsAtATime")]
    [InlineData("""{ "runMinutesAMonth": "many" }""", "/runMinutesAMonth")]
    [InlineData("""{ "storedBytes": 5 }""", "/storedBytes")]
    [InlineData("""{ "apiCallsAMinute": 1e30 }""", "/apiCallsAMinute")]
    [InlineData("""{ "runs": 1 }""", "/runs")]
    public async Task Change_WrongLimit_SaysWhichAndChangesNothing(string body, string pointer)
    {
        using var client = _server.Client();

        using var answer = await client.PutAsync("/api/v1/settings/quotas", BrigadeServer.Json(body));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal(pointer, (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors")[0].GetProperty("pointer").GetString());
    }

    [Fact]
    public async Task ApiCalls_BeyondTheQuota_Are429ForAllOfTheWorkspaceAtOnce()
    {
        var calls = _server.Services.GetRequiredService<ApiCallQuota>();
        Assert.Null(calls.Of(Workspace.DefaultId));
        using var client = _server.Client();
        using var other = _server.Client(CallerHandler.Member(WorkspaceRole.Viewer, Workspace.DefaultId));

        using var set = await client.PutAsync("/api/v1/settings/quotas", BrigadeServer.Json("""{ "apiCallsAMinute": 2 }"""));

        Assert.Equal(2, calls.Of(Workspace.DefaultId));
        Assert.Null(calls.Of(Guid.NewGuid()));
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/v1/kernels")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await other.GetAsync("/api/v1/kernels")).StatusCode);
        using var refused = await other.GetAsync("/api/v1/kernels");
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Contains("quota", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
