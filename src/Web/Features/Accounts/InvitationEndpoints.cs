using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Brigade.Data;
using Brigade.Data.Entities;
using Brigade.Data.Queries;
using Brigade.Web.Access.Sessions;
using Brigade.Web.Features.Accounts.Pages;
using Microsoft.AspNetCore.Identity;

namespace Brigade.Web.Features.Accounts;

/// <param name="Path">Path of the invitation.</param>
/// <param name="MyName">Name of whoever is signed in; null where nobody is.</param>
public sealed record InvitationModel(string Path, string Workspace, string Role, string InvitedEmail, string? MyName, string Name = "", string Email = "");

/// <summary>Following an invitation: somebody who is signed in joins, anybody else makes an account that belongs to the workspace from the start.</summary>
internal static class InvitationEndpoints
{
    public static void MapInvitation(this RouteGroupBuilder open)
    {
        open.MapGet("/invitation/{token}", async (HttpContext context, string token, AccountStore accounts) =>
            await accounts.InvitationAsync(Hash(token), context.RequestAborted) is { } invitation ? Show(context, invitation, token) : Gone(context));
        open.MapPost("/invitation/{token}", AcceptAsync);
    }

    private static async Task<IResult> AcceptAsync(HttpContext context, string token, AccountStore accounts, UserManager<User> users, BrigadeSignIn signIn, ISessions sessions, TimeProvider time)
    {
        if (await accounts.InvitationAsync(Hash(token), context.RequestAborted) is not { } invitation)
            return Gone(context);
        var me = await users.GetUserAsync(context.User);
        if (me is not null)
            return await JoinAsync(context, invitation, users, signIn, sessions, me) ? Results.LocalRedirect("/") : Gone(context);

        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var (name, typed) = (form["name"].ToString().Trim(), form["email"].ToString().Trim());
        var email = invitation.Email.Length > 0 ? invitation.Email : typed;
        if (!EmailRule.LooksRight(email))
            return Show(context, invitation, token, name, typed, "This is no e-mail address. Write it as name@example.org.");
        var user = User.Create(name, time.GetUtcNow());
        user.Email = email;
        var made = await users.CreateAsync(user, form["password"].ToString());
        if (!made.Succeeded)
            return Show(context, invitation, token, name, typed, $"{AccountEndpoints.Words(made)} If you have an account already, sign in first.");
        if (await JoinAsync(context, invitation, users, signIn, sessions, user))
            return Results.LocalRedirect("/");

        // Somebody else was faster with the same link: what was made for it goes away again.
        await users.DeleteAsync(user);
        return Gone(context);
    }

    private static async Task<bool> JoinAsync(HttpContext context, OpenInvitation invitation, UserManager<User> users, BrigadeSignIn signIn, ISessions sessions, User user)
    {
        await using (var scope = context.RequestServices.GetRequiredService<IServiceScopeFactory>().CreateSystemScope(invitation.WorkspaceId))
        {
            if (!await scope.ServiceProvider.GetRequiredService<AccountStore>().AcceptAsync(invitation.Id, user.Id, user.DisplayName, context.RequestAborted))
                return false;
        }

        user.LastWorkspaceId = invitation.WorkspaceId;
        await users.UpdateAsync(user);
        await signIn.SignInAsync(user, isPersistent: true, "invitation");
        sessions.End(user.Id);
        return true;
    }

    private static IResult Show(HttpContext context, OpenInvitation invitation, string token, string name = "", string email = "", string? problem = null)
    {
        var path = $"/account/invitation/{Uri.EscapeDataString(token)}";
        var me = Guid.TryParse(context.User.FindFirstValue(ClaimTypes.NameIdentifier), out _) ? context.User.Identity!.Name : null;
        return AccountForm.Show<InvitationPage>(
            context, new InvitationModel(path, invitation.WorkspaceName, invitation.Role.ToString().ToLowerInvariant(), invitation.Email, me, name, email),
            problem: problem, status: problem is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    private static IResult Gone(HttpContext context) => AccountForm.Say(
        context, "This invitation is not good any more", "It was used, withdrawn, or is too old. Ask whoever invited you for another one.", StatusCodes.Status404NotFound);

    private static string Hash(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
