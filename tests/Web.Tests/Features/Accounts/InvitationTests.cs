using System.Net;
using System.Security.Cryptography;
using System.Text;
using Brigade.Data;
using Brigade.Data.Entities;
using Brigade.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Brigade.Web.Tests.Features.Accounts;

/// <summary>Following an invitation, over HTTP.</summary>
public sealed class InvitationTests(BrigadeServer server) : IClassFixture<BrigadeServer>
{
    [Fact]
    public async Task Accept_Stranger_MakesAnAccountThatBelongsToTheWorkspaceOnce()
    {
        var path = await InviteAsync("cook@example.org", WorkspaceRole.Editor);
        using var cook = new Visitor(server);
        Assert.Contains("as <strong>editor</strong>", await cook.TextAsync(path), StringComparison.Ordinal);

        using var joined = await cook.PostAsync(path, path, ("name", "Cook"), ("email", "another@example.org"), ("password", "ten cooks ten dishes"));

        Assert.Equal(HttpStatusCode.Found, joined.StatusCode);
        Assert.Contains("cook@example.org", await cook.TextAsync("/account"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await cook.StatusAsync("/api/v1/runs"));
        Assert.Equal(HttpStatusCode.Forbidden, await cook.StatusAsync("/api/v1/audit"));
        using var other = new Visitor(server);
        Assert.Equal(HttpStatusCode.NotFound, await other.StatusAsync(path));
    }

    [Fact]
    public async Task Accept_MemberWithAHigherRole_KeepsIt()
    {
        var path = await InviteAsync("", WorkspaceRole.Viewer);
        using var owner = await Visitor.WithLinkAsync(server);

        using var joined = await owner.PostAsync(path, path);

        Assert.Equal(HttpStatusCode.Found, joined.StatusCode);
        Assert.Equal(HttpStatusCode.OK, await owner.StatusAsync("/api/v1/audit"));
    }

    [Fact]
    public async Task Show_UnknownToken_SaysThatItIsNotGood()
    {
        using var stranger = new Visitor(server);

        Assert.Equal(HttpStatusCode.NotFound, await stranger.StatusAsync("/account/invitation/guess"));
    }

    private async Task<string> InviteAsync(string email, WorkspaceRole role)
    {
        var token = Guid.NewGuid().ToString("N");
        await using var db = await server.Get<IDbContextFactory<BrigadeDbContext>>().CreateDbContextAsync();
        var now = TimeProvider.System.GetUtcNow();
        db.Invitations.Add(new Invitation
        {
            Id = Guid.CreateVersion7(), Email = email, Role = role, TokenHash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token))), CreatedAt = now, ExpiresAt = now.AddDays(1), CreatedBy = "Owner",
        });
        await db.SaveChangesAsync();
        return $"/account/invitation/{token}";
    }
}
