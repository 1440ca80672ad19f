using System.Net;
using System.Text.Json;
using Brigade.Data.Entities;
using Brigade.Data.Queries;
using Brigade.Web.Tests.Support;

namespace Brigade.Web.Tests.Features.Comments;

public sealed class CommentEndpointsTests(BrigadeServer server) : IClassFixture<BrigadeServer>, IDisposable
{
    private readonly HttpClient _client = server.Client();

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task Comment_Lifecycle_AddsChangesAndDeletes()
    {
        var path = $"/api/v1/runs/{await RunAsync()}/comments";

        using var added = await _client.PostAsync(path, BrigadeServer.Json("""{ "text": "one" }"""));
        var id = JsonDocument.Parse(await added.Content.ReadAsStringAsync()).RootElement.GetProperty("id").GetGuid();
        using var changed = await _client.PatchAsync($"{path}/{id}", BrigadeServer.Json("""{ "text": "two" }"""));

        Assert.Equal(HttpStatusCode.Created, added.StatusCode);
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        Assert.Contains("\"two\"", await _client.GetStringAsync(path), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NoContent, (await _client.DeleteAsync($"{path}/{id}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await _client.DeleteAsync($"{path}/{id}")).StatusCode);
    }

    [Theory]
    [InlineData("""{ }""")]
    [InlineData("""{ "text": 1 }""")]
    [InlineData("""{ "text": "  " }""")]
    [InlineData("""{ "text": "x", "author": "me" }""")]
    public async Task Comment_Wrong_Is422(string body) =>
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await _client.PostAsync($"/api/v1/runs/{await RunAsync()}/comments", BrigadeServer.Json(body))).StatusCode);

    [Fact]
    public async Task Comment_UnknownRun_Is404()
    {
        Assert.Equal(HttpStatusCode.NotFound, (await _client.GetAsync($"/api/v1/runs/{Guid.NewGuid()}/comments")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await _client.PostAsync($"/api/v1/runs/{Guid.NewGuid()}/comments", BrigadeServer.Json("""{ "text": "x" }"""))).StatusCode);
    }

    [Fact]
    public async Task Star_OfAViewer_IsTheirsAlone()
    {
        var run = await RunAsync();
        using var viewer = server.Client(CallerHandler.Member(WorkspaceRole.Viewer, Workspace.DefaultId));

        Assert.Equal(HttpStatusCode.NoContent, (await viewer.PutAsync($"/api/v1/runs/{run}/star", null)).StatusCode);

        Assert.Contains(run.ToString(), await viewer.GetStringAsync("/api/v1/runs?starred=true"), StringComparison.Ordinal);
        Assert.DoesNotContain(run.ToString(), await _client.GetStringAsync("/api/v1/runs?starred=true"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NoContent, (await viewer.DeleteAsync($"/api/v1/runs/{run}/star")).StatusCode);
        Assert.DoesNotContain(run.ToString(), await viewer.GetStringAsync("/api/v1/runs?starred=true"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await viewer.GetAsync("/api/v1/runs?starred=maybe")).StatusCode);
    }

    private async Task<Guid> RunAsync() => (await server.Get<RunStore>().CreateAsync(Given.Spec("commented"), 42, 1, null)).Id;
}
