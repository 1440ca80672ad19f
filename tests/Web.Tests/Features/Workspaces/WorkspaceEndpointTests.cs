using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Brigade.Data.Entities;
using Brigade.Web.Tests.Support;

namespace Brigade.Web.Tests.Features.Workspaces;

/// <summary>Workspaces over HTTP: made, switched to, renamed, deleted.</summary>
public sealed class WorkspaceEndpointTests : IAsyncLifetime
{
    private readonly BrigadeServer _server = new();

    public ValueTask InitializeAsync() => _server.InitializeAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Form_NewWorkspace_IsEnteredAndSwitchedBack()
    {
        using var owner = await Visitor.WithLinkAsync(_server);

        using var made = await owner.PostAsync("/account", "/account/workspaces", ("name", "Second"));

        Assert.Equal(HttpStatusCode.Found, made.StatusCode);
        var mine = await ListAsync(owner);
        Assert.Equal([("Default", false), ("Second", true)], mine.Select(row => (row.Name, row.IsCurrent)));
        using var back = await owner.PostAsync("/account", "/account/workspace", ("workspace", mine[0].Id.ToString()));
        Assert.Equal(HttpStatusCode.Found, back.StatusCode);
        Assert.Equal([true, false], (await ListAsync(owner)).Select(row => row.IsCurrent));
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    public async Task Form_NoName_IsRefused(string name)
    {
        using var owner = await Visitor.WithLinkAsync(_server);

        using var answer = await owner.PostAsync("/account", "/account/workspaces", ("name", name));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Single(await ListAsync(owner));
    }

    [Fact]
    public async Task Page_SignedIn_CarriesATokenForItsForms()
    {
        using var owner = await Visitor.WithLinkAsync(_server);

        using var page = await owner.GetAsync("/");

        // It is in the parameters of the page's component, where only this server can read it; its other half is in a cookie.
        Assert.Contains(page.Headers.GetValues("Set-Cookie"), cookie => cookie.StartsWith("brigade-form", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Rest_Key_NamesTheOwnerOfANewWorkspace()
    {
        using var client = _server.Client();
        using var without = await client.PostAsync("/api/v1/workspaces", BrigadeServer.Json("""{ "name": "Second" }"""));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, without.StatusCode);
        using var stranger = await client.PostAsync("/api/v1/workspaces", BrigadeServer.Json($$"""{ "name": "Second", "ownerId": "{{Guid.NewGuid()}}" }"""));
        Assert.Equal(HttpStatusCode.Conflict, stranger.StatusCode);
        var owner = (await client.GetFromJsonAsync<JsonElement>("/api/v1/members")).GetProperty("items")[0].GetProperty("userId").GetGuid();

        using var made = await client.PostAsync("/api/v1/workspaces", BrigadeServer.Json($$"""{ "name": "Second", "ownerId": "{{owner}}" }"""));

        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        using var visitor = await Visitor.WithLinkAsync(_server);
        Assert.Equal(["Default", "Second"], (await ListAsync(visitor)).Select(row => row.Name), StringComparer.Ordinal);
        Assert.Equal("Default", (await client.GetFromJsonAsync<JsonElement>("/api/v1/workspaces")).GetProperty("items")[0].GetProperty("name").GetString());
    }

    [Fact]
    public async Task Rest_RenameAndDelete_AskForTheNameAndEndWhatIsOpen()
    {
        using var owner = await Visitor.WithLinkAsync(_server);
        using var made = await owner.PostAsync("/account", "/account/workspaces", ("name", "Second"));
        var id = (await ListAsync(owner)).Single(row => row.IsCurrent).Id;
        using var key = _server.Client(CallerHandler.Member(WorkspaceRole.Owner, id));
        using var renamed = await key.PatchAsync($"/api/v1/workspaces/{id}", BrigadeServer.Json("""{ "name": "Third & last" }"""));
        Assert.Equal("Third & last", (await renamed.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("name").GetString());
        using var other = await key.DeleteAsync($"/api/v1/workspaces/{Workspace.DefaultId}?confirm=Default");
        Assert.Equal(HttpStatusCode.NotFound, other.StatusCode);
        using var unsure = await key.DeleteAsync($"/api/v1/workspaces/{id}?confirm=Second");
        Assert.Equal(HttpStatusCode.BadRequest, unsure.StatusCode);

        using var deleted = await key.DeleteAsync($"/api/v1/workspaces/{id}?confirm={Uri.EscapeDataString("Third & last")}");

        // Who worked there goes on in what is left.
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        Assert.Equal([("Default", true)], (await ListAsync(owner)).Select(row => (row.Name, row.IsCurrent)));
    }

    [Fact]
    public async Task Rest_DeleteTheFirst_IsRefused()
    {
        using var client = _server.Client();

        using var answer = await client.DeleteAsync($"/api/v1/workspaces/{Workspace.DefaultId}?confirm=Default");

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Contains("from the start", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static async Task<List<(Guid Id, string Name, bool IsCurrent)>> ListAsync(Visitor visitor)
    {
        using var document = JsonDocument.Parse(await visitor.TextAsync("/api/v1/workspaces"));
        return [.. document.RootElement.GetProperty("items").EnumerateArray().Select(row => (row.GetProperty("id").GetGuid(), row.GetProperty("name").GetString()!, row.GetProperty("isCurrent").GetBoolean()))];
    }
}
