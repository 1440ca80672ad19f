using System.Security.Cryptography;
using System.Text;
using Brigade.Data;
using Brigade.Data.Entities;
using Brigade.Data.Queries;
using Brigade.Web.Access.Sessions;
using Microsoft.AspNetCore.Identity;

namespace Brigade.Web.Features.Accounts.OpenId;

/// <summary>
/// Whom the provider's word signs in. Issuer and subject decide. Only where they are not known yet, a verified e-mail address does: for an account that nobody can sign in to otherwise, or for
/// somebody who was invited. It never opens an account that has a password, a passkey or a provider of its own.
/// </summary>
internal sealed class OpenIdSignIn(
    UserManager<User> users, BrigadeSignIn signIn, AccountStore accounts, WorkspaceDirectory directory, IServiceScopeFactory scopes, ISessions sessions, OpenIdProvider provider, TimeProvider time)
{
    private const string InvitationPath = "/account/invitation/";

    public async Task<IResult> SignInAsync(HttpContext context, ProviderPerson person)
    {
        if (await users.FindByLoginAsync(person.Issuer, person.Subject) is { } known)
            return await EnterAsync(context, person, known);
        if (person.Email is null)
            return Refuse(context, person, $"{provider.Name} does not say that your e-mail address is verified, so no account can be found by it. If you have an account, sign in and add {provider.Name} on the page Your account.");
        if (await users.FindByEmailAsync(person.Email) is { } owner)
        {
            return await HasOtherWayAsync(owner)
                ? Refuse(context, person, $"There is an account with this e-mail address already. Sign in to it as usual, then add {provider.Name} on the page Your account.")
                : await AddLoginAsync(owner, person) is { Succeeded: true } ? await EnterAsync(context, person, owner) : Stranger(context, person);
        }

        return await JoinAsync(context, person) is { } member ? await EnterAsync(context, person, member) : Stranger(context, person);
    }

    /// <summary>Adds the provider as a way in to the account that asked for it.</summary>
    public async Task<IResult> LinkAsync(HttpContext context, ProviderPerson person)
    {
        // Somebody else may have signed in here while the provider was asked.
        if (await users.GetUserAsync(context.User) is not { } user || user.Id != person.LinkTo)
            return AccountForm.Say(context, "Please try again", "Another account is signed in in this browser now. Nothing was changed.", StatusCodes.Status409Conflict, "/account", "To your account");
        if (await users.FindByLoginAsync(person.Issuer, person.Subject) is { } other)
            return other.Id == user.Id ? Results.LocalRedirect("/account?done=provider") : await AccountEndpoints.RefusedAsync(context, $"This account of {provider.Name} signs in to another account of Brigade. Remove it there first.");
        return await AddLoginAsync(user, person) is { Succeeded: false } refused ? await AccountEndpoints.RefusedAsync(context, refused) : await AccountEndpoints.DoneAsync(signIn, sessions, user, "provider");
    }

    /// <summary>Whether somebody can sign in by anything but the provider's account that is about to go.</summary>
    public async Task<bool> HasOtherWayAsync(User user, string? issuer = null, string? subject = null) =>
        (user.Email is not null && await users.HasPasswordAsync(user))
        || (await users.GetPasskeysAsync(user)).Count > 0
        || (await users.GetLoginsAsync(user)).Any(login => login.LoginProvider != issuer || login.ProviderKey != subject);

    private Task<IdentityResult> AddLoginAsync(User user, ProviderPerson person) => users.AddLoginAsync(user, new UserLoginInfo(person.Issuer, person.Subject, provider.Name));

    private async Task<IResult> EnterAsync(HttpContext context, ProviderPerson person, User user)
    {
        var result = await signIn.ExternalLoginSignInAsync(person.Issuer, person.Subject, isPersistent: true, bypassTwoFactor: false);
        if (result.RequiresTwoFactor)
            return Results.LocalRedirect($"/account/sign-in/code?returnUrl={Uri.EscapeDataString(person.ReturnTo)}");
        if (!result.Succeeded)
            return Refuse(context, person, "This account is closed at the moment. Ask an owner of your workspace.");
        return person.ReturnTo.StartsWith(InvitationPath, StringComparison.Ordinal) || (await directory.OfUserAsync(user.Id, context.RequestAborted)).Count > 0
            ? Results.LocalRedirect(person.ReturnTo)
            : AccountForm.Say(context, "You belong to no workspace", $"You are signed in as {user.DisplayName}, but you are no member of any workspace. Ask for an invitation.", StatusCodes.Status403Forbidden, "/account", "To your account");
    }

    /// <summary>A new account for somebody who was invited; null where nobody did.</summary>
    private async Task<User?> JoinAsync(HttpContext context, ProviderPerson person)
    {
        var invitations = await accounts.InvitationsForAsync(person.Email!, context.RequestAborted);
        if (Token(person.ReturnTo) is { } token && await accounts.InvitationAsync(token, context.RequestAborted) is { Email: "" } open)
            invitations = [.. invitations, open];
        if (invitations.Count == 0)
            return null;

        var user = User.Create(person.Name, time.GetUtcNow());
        (user.Email, user.EmailConfirmed) = (person.Email, true);
        if (!(await users.CreateAsync(user)).Succeeded)
            return null;
        var isMember = false;
        foreach (var invitation in invitations)
        {
            await using var scope = scopes.CreateSystemScope(invitation.WorkspaceId);
            isMember |= await scope.ServiceProvider.GetRequiredService<AccountStore>().AcceptAsync(invitation.Id, user.Id, user.DisplayName, context.RequestAborted);
        }

        if (isMember && await AddLoginAsync(user, person) is { Succeeded: true })
            return user;

        // Somebody else was faster: what was made for it goes away again.
        await users.DeleteAsync(user);
        return null;
    }

    private static string? Token(string returnTo) => returnTo.StartsWith(InvitationPath, StringComparison.Ordinal)
        ? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(returnTo[InvitationPath.Length..]))))
        : null;

    private IResult Stranger(HttpContext context, ProviderPerson person) => AccountForm.Say(
        context, "You belong to no workspace", $"{provider.Name} says that you are {person.Name} ({person.Email}), but nobody has invited this address. Ask a member of the workspace for an invitation.",
        StatusCodes.Status403Forbidden, "/account/sign-in", "To the sign-in");

    private static IResult Refuse(HttpContext context, ProviderPerson person, string problem) => SignInEndpoints.Show(context, person.ReturnTo, problem: problem, status: StatusCodes.Status401Unauthorized);
}
