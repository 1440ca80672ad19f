using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Brigade.Data;
using Brigade.Data.Entities;
using Brigade.Data.Queries;
using Brigade.Web.Access;
using Brigade.Web.Features.Accounts;
using Brigade.Web.Features.Accounts.Mail;

namespace Brigade.Web.Features.Members;

/// <summary>A new invitation, and its link, which nobody can ask for again.</summary>
/// <param name="IsMailed">Whether the link is on its way to the address.</param>
internal sealed record NewInvitation(InvitationRow Invitation, Uri Url, bool IsMailed);

/// <summary>Makes invitations by link. The token is in the link alone; the page behind it is an account's: <c>/account/invitation/…</c>.</summary>
internal sealed class Invitations(InvitationStore store, WorkspaceStore workspaces, IMailQueue mail, IWorkspaceScope me)
{
    private const string Path = "/account/invitation/";

    /// <summary>Whether links are sent by mail too.</summary>
    public bool HasMail => mail.IsConfigured;

    /// <summary>Whether somebody can be invited at it: an address, or nothing.</summary>
    public static bool IsAddress(string email) => email.Length == 0 || EmailRule.LooksRight(email);

    /// <param name="server">The address that this server was asked by.</param>
    /// <inheritdoc cref="InvitationStore.CreateAsync"/>
    public async Task<NewInvitation> CreateAsync(WorkspaceRole role, string email, int days, Uri server, CancellationToken cancellation = default)
    {
        var token = Secret.NewToken();
        var invitation = await store.CreateAsync(role, email, days, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token))), cancellation);
        var url = new Uri(server, Path + token);
        var isMailed = email.Length > 0 && mail.IsConfigured;
        if (isMailed)
            mail.Send(Write(invitation, url, OneLine(me.ActorName), OneLine(await workspaces.NameAsync(cancellation) ?? "")));
        return new NewInvitation(invitation, url, isMailed);
    }

    private static Letter Write(InvitationRow invitation, Uri url, string from, string workspace) => new(
        invitation.Email,
        $"{from} invites you to {workspace} in Brigade",
        string.Create(CultureInfo.InvariantCulture, $"""
            Hello,

            {from} invites you to the workspace "{workspace}" of Brigade as {AccessPolicies.Name(invitation.Role)}. Brigade measures how work should run at the same time. This link lets you in, once, until {invitation.ExpiresAt:yyyy-MM-dd HH:mm} UTC:

            {url}

            If you do not know what this is about, do nothing: the link ends by itself.

            """));

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");
}
