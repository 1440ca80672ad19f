using System.Net;
using System.Text.Json;
using Brigade.Data.Queries;
using Brigade.Web.Tests.Support;

namespace Brigade.Web.Tests.Features.Sharing;

public sealed class ShareEndpointsTests(BrigadeServer server) : IClassFixture<BrigadeServer>, IDisposable
{
    private readonly HttpClient _client = server.Client();

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task Make_OfARun_TellsTheAddressesOnceAndListsNone()
    {
        var run = await RunAsync();

        using var made = await _client.PostAsync("/api/v1/shares", BrigadeServer.Json($$"""{ "runId": "{{run}}", "note": "for Eve", "expiresInDays": 7 }"""));
        var answer = JsonDocument.Parse(await made.Content.ReadAsStringAsync()).RootElement;
        var url = answer.GetProperty("url").GetString()!;
        var list = await _client.GetStringAsync($"/api/v1/shares?runId={run}");

        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        Assert.StartsWith($"{server.Address}/shared/", url, StringComparison.Ordinal);
        Assert.Equal(url + "/embed", answer.GetProperty("embedUrl").GetString());
        Assert.Equal(url + "/badge.svg", answer.GetProperty("badgeUrl").GetString());
        Assert.Contains("for Eve", list, StringComparison.Ordinal);
        Assert.DoesNotContain(url.Split('/')[^1], list, StringComparison.Ordinal);

        var id = answer.GetProperty("id").GetGuid();
        Assert.Equal(HttpStatusCode.NoContent, (await _client.DeleteAsync($"/api/v1/shares/{id}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await _client.DeleteAsync($"/api/v1/shares/{id}")).StatusCode);
        Assert.Equal(0, JsonDocument.Parse(await _client.GetStringAsync($"/api/v1/shares?runId={run}")).RootElement.GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task Make_WithPassword_HasNoBadgeAndNoChart()
    {
        using var made = await _client.PostAsync("/api/v1/shares", BrigadeServer.Json($$"""{ "runId": "{{await RunAsync()}}", "password": "correct horse", "expiresInDays": null }"""));

        var text = await made.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        Assert.DoesNotContain("badge", text, StringComparison.Ordinal);
        Assert.DoesNotContain("expiresAt\":\"", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ }""", "exactly one")]
    [InlineData("""{ "runId": "x" }""", "no id")]
    [InlineData("""{ "runId": "{run}", "experimentId": "{run}" }""", "exactly one")]
    [InlineData("""{ "runId": "{run}", "cells": [1] }""", "/cells")]
    [InlineData("""{ "runId": "{run}", "password": "short" }""", "/password")]
    [InlineData("""{ "runId": "{run}", "password": 12345678 }""", "/password")]
    [InlineData("""{ "runId": "{run}", "expiresInDays": 0 }""", "/expiresInDays")]
    [InlineData("""{ "runId": "{run}", "expiresInDays": "soon" }""", "/expiresInDays")]
    [InlineData("""{ "runId": "{run}", "withSpec": "yes" }""", "/withSpec")]
    [InlineData("""{ "runId": "{run}", "note": 1 }""", "/note")]
    [InlineData("""{ "runId": "{run}", "token": "mine" }""", "/token")]
    [InlineData("""{ "runs": ["{run}"] }""", "/runs")]
    [InlineData("""{ "runs": [null] }""", "/runs")]
    [InlineData("""{ "runs": ["{run}", "x"] }""", "/runs")]
    [InlineData("""{ "runs": ["{run}"], "cells": [0, -1] }""", "/cells")]
    public async Task Make_Wrong_SaysWhatAndWhere(string body, string expected)
    {
        using var response = await _client.PostAsync("/api/v1/shares", BrigadeServer.Json(body.Replace("{run}", (await RunAsync()).ToString(), StringComparison.Ordinal)));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        Assert.Contains(expected, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Make_OfWhatIsNotThere_Is404()
    {
        using var response = await _client.PostAsync("/api/v1/shares", BrigadeServer.Json($$"""{ "runs": ["{{await RunAsync()}}", "{{Guid.NewGuid()}}"] }"""));

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    private async Task<Guid> RunAsync() => (await server.Get<RunStore>().CreateAsync(Given.Spec("shared"), 42, 1, null)).Id;
}
