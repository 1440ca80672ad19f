using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Brigade.Web.Tests.Support;

namespace Brigade.Web.Tests.Features.Members;

/// <summary>Members and invitations over HTTP.</summary>
public sealed class MemberEndpointTests(BrigadeServer server) : IClassFixture<BrigadeServer>
{
    [Fact]
    public async Task InvitedViewer_MadeEditorAndRemoved_MayWhatTheirRoleSaysAtOnce()
    {
        using var owner = server.Client();
        using var cook = new Visitor(server);
        var user = await JoinAsync(owner, cook, "viewer");
        Assert.Equal(HttpStatusCode.OK, await cook.StatusAsync("/api/v1/runs"));
        Assert.Equal(HttpStatusCode.OK, await cook.StatusAsync("/"));
        Assert.Equal(HttpStatusCode.Forbidden, await cook.StatusAsync("/import"));

        using var changed = await owner.PatchAsync($"/api/v1/members/{user}", BrigadeServer.Json("""{ "role": "editor" }"""));
        Assert.Equal("editor", (await changed.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("role").GetString());
        Assert.Equal(HttpStatusCode.OK, await cook.StatusAsync("/import"));

        using var removed = await owner.DeleteAsync($"/api/v1/members/{user}");
        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, await cook.StatusAsync("/api/v1/runs"));
        Assert.Equal(HttpStatusCode.OK, await cook.StatusAsync("/account"));
        Assert.Contains("belong to no workspace", await cook.TextAsync("/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Invitation_Revoked_IsOfNoUse()
    {
        using var owner = server.Client();
        var made = await InviteAsync(owner, """{ "role": "editor", "days": 1 }""");
        Assert.False(made.GetProperty("isMailed").GetBoolean());
        var path = new Uri(made.GetProperty("url").GetString()!).AbsolutePath;
        using var stranger = new Visitor(server);
        Assert.Equal(HttpStatusCode.OK, await stranger.StatusAsync(path));
        Assert.DoesNotContain(path.Split('/')[^1], await owner.GetStringAsync("/api/v1/invitations"), StringComparison.Ordinal);

        using var revoked = await owner.DeleteAsync($"/api/v1/invitations/{made.GetProperty("invitation").GetProperty("id").GetGuid()}");

        Assert.Equal(HttpStatusCode.NoContent, revoked.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, await stranger.StatusAsync(path));
    }

    [Theory]
    [InlineData("""{ "role": "chef" }""", "/role")]
    [InlineData("""{ "role": 1 }""", "/role")]
    [InlineData("""{ "role": "viewer", "email": "nonsense" }""", "/email")]
    [InlineData("""{ "role": "viewer", "email": 5 }""", "/email")]
    [InlineData("""{ "role": "viewer", "days": 0 }""", "/days")]
    [InlineData("""{ "role": "viewer", "days": "7" }""", "/days")]
    [InlineData("""{ "role": "viewer", "name": "x" }""", "/name")]
    public async Task Invite_WrongBody_SaysWhere(string body, string pointer)
    {
        using var owner = server.Client();

        using var answer = await owner.PostAsync("/api/v1/invitations", BrigadeServer.Json(body));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal(pointer, (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors")[0].GetProperty("pointer").GetString());
    }

    [Fact]
    public async Task LastOwner_IsRefusedWithTheReason()
    {
        using var client = server.Client();
        var owner = (await client.GetFromJsonAsync<JsonElement>("/api/v1/members")).GetProperty("items")[0];
        Assert.Equal("owner", owner.GetProperty("role").GetString());

        using var answer = await client.DeleteAsync($"/api/v1/members/{owner.GetProperty("userId").GetGuid()}");

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Contains("last owner", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static async Task<JsonElement> InviteAsync(HttpClient owner, string body)
    {
        using var answer = await owner.PostAsync("/api/v1/invitations", BrigadeServer.Json(body));
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private static async Task<Guid> JoinAsync(HttpClient owner, Visitor visitor, string role)
    {
        var email = $"{Guid.NewGuid():n}@example.org";
        var made = await InviteAsync(owner, $$"""{ "role": "{{role}}", "email": "{{email}}" }""");
        var path = new Uri(made.GetProperty("url").GetString()!).AbsolutePath;
        using var joined = await visitor.PostAsync(path, path, ("name", "Cook"), ("email", email), ("password", "ten cooks ten dishes"));
        Assert.Equal(HttpStatusCode.Found, joined.StatusCode);
        var members = (await owner.GetFromJsonAsync<JsonElement>("/api/v1/members")).GetProperty("items").EnumerateArray();
        return members.Single(member => string.Equals(member.GetProperty("email").GetString(), email, StringComparison.Ordinal)).GetProperty("userId").GetGuid();
    }
}
