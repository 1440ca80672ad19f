using System.Security.Claims;
using Brigade.Data.Entities;
using Brigade.Web.Access.Sessions;
using Brigade.Web.Features.Accounts.Pages;
using Microsoft.AspNetCore.Identity;

namespace Brigade.Web.Features.Accounts;

/// <summary>"Your account": name, e-mail, password and sessions.</summary>
internal static class AccountEndpoints
{
    public const string NeedsPassword = "The current password is wrong. Nothing was changed.";

    private static readonly Dictionary<string, string> Notes = new(StringComparer.Ordinal)
    {
        ["profile"] = "Your name and e-mail address are saved.",
        ["password"] = "Your password is set. Other browsers are signed out.",
        ["passkey"] = "The passkey was added.",
        ["passkey-removed"] = "The passkey was removed.",
        ["provider"] = "From now on this account signs you in too.",
        ["provider-removed"] = "It does not sign you in any more.",
        ["totp"] = "The second step is on.",
        ["totp-off"] = "The second step is off.",
        ["sessions"] = "All other sessions have ended.",
    };

    /// <summary>What the audit log is told of what was done.</summary>
    private static readonly Dictionary<string, string> Actions = new(StringComparer.Ordinal)
    {
        ["password"] = "account.password-changed",
        ["passkey"] = "account.passkey-added",
        ["passkey-removed"] = "account.passkey-removed",
        ["totp-off"] = "account.second-step-off",
        ["sessions"] = "account.sessions-ended",
    };

    public static void MapOwnAccount(this RouteGroupBuilder own)
    {
        own.MapGet("", async (HttpContext context, UserManager<User> users, string? done) =>
            await ShowAsync(context, await MeAsync(context, users), note: Notes.GetValueOrDefault(done ?? "")));
        own.MapPost("/profile", ChangeProfileAsync);
        own.MapPost("/password", ChangePasswordAsync);
        own.MapPost("/sessions/end", EndSessionsAsync);
    }

    /// <summary>The signed-in user. The cookie was judged a moment ago, so there is one.</summary>
    public static async Task<User> MeAsync(HttpContext context, UserManager<User> users) =>
        await users.GetUserAsync(context.User) ?? throw new BadHttpRequestException("This account is gone.", StatusCodes.Status401Unauthorized);

    public static async Task<IResult> ShowAsync(HttpContext context, User user, string? problem = null, string? note = null) => AccountForm.Show<AccountHome>(
        context, await AccountModel.ReadAsync(context, user), problem: problem, note: note, status: problem is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);

    /// <summary>Shows the account as it is stored, with why it was not changed: what a manager refused may be half changed in memory.</summary>
    public static async Task<IResult> RefusedAsync(HttpContext context, string problem)
    {
        await using var scope = context.RequestServices.GetRequiredService<IServiceScopeFactory>().CreateAsyncScope();
        var stored = await scope.ServiceProvider.GetRequiredService<UserManager<User>>().FindByIdAsync(context.User.FindFirstValue(ClaimTypes.NameIdentifier)!);
        return await ShowAsync(context, stored!, problem);
    }

    public static Task<IResult> RefusedAsync(HttpContext context, IdentityResult result) => RefusedAsync(context, Words(result));

    public static string Words(IdentityResult result) => string.Join(' ', result.Errors.Select(error => error.Description));

    /// <summary>This browser goes on with the changed account; everything else that it has open ends.</summary>
    public static async Task<IResult> DoneAsync(BrigadeSignIn signIn, ISessions sessions, User user, string done)
    {
        await signIn.RefreshSignInAsync(user);
        sessions.End(user.Id);
        if (Actions.TryGetValue(done, out var action))
            await signIn.NoteAsync(user, action);
        return Results.LocalRedirect($"/account?done={done}");
    }

    private static async Task<IResult> ChangeProfileAsync(HttpContext context, UserManager<User> users, BrigadeSignIn signIn, ISessions sessions)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var user = await MeAsync(context, users);
        var email = form["email"].ToString().Trim() is { Length: > 0 } typed ? typed : null;
        var changesEmail = !string.Equals(email, user.Email, StringComparison.Ordinal);
        if (changesEmail && user.PasswordHash is not null && !await signIn.IsPasswordAsync(user, form["current"].ToString()))
            return await RefusedAsync(context, NeedsPassword);
        if (changesEmail && email is null && user.PasswordHash is not null)
            return await RefusedAsync(context, "You sign in with your e-mail address and your password, so an address is needed.");
        user.DisplayName = form["name"].ToString().Trim();
        if (changesEmail && email is not null && !EmailRule.LooksRight(email))
            return await RefusedAsync(context, "This is no e-mail address. Write it as name@example.org.");
        var result = changesEmail ? await users.SetEmailAsync(user, email) : await users.UpdateAsync(user);
        if (changesEmail && result.Succeeded)
            await signIn.NoteAsync(user, "account.email-changed");
        return result.Succeeded ? await DoneAsync(signIn, sessions, user, "profile") : await RefusedAsync(context, result);
    }

    private static async Task<IResult> ChangePasswordAsync(HttpContext context, UserManager<User> users, BrigadeSignIn signIn, ISessions sessions)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var user = await MeAsync(context, users);
        if (user.Email is null)
            return await RefusedAsync(context, "Save your e-mail address first: you sign in with it and the password.");
        if (user.PasswordHash is null)
        {
            var added = await users.AddPasswordAsync(user, form["password"].ToString());
            return added.Succeeded ? await DoneAsync(signIn, sessions, user, "password") : await RefusedAsync(context, added);
        }

        if (!await signIn.IsPasswordAsync(user, form["current"].ToString()))
            return await RefusedAsync(context, NeedsPassword);
        var changed = await users.ChangePasswordAsync(user, form["current"].ToString(), form["password"].ToString());
        return changed.Succeeded ? await DoneAsync(signIn, sessions, user, "password") : await RefusedAsync(context, changed);
    }

    private static async Task<IResult> EndSessionsAsync(HttpContext context, UserManager<User> users, BrigadeSignIn signIn, ISessions sessions)
    {
        var user = await MeAsync(context, users);
        await users.UpdateSecurityStampAsync(user);
        return await DoneAsync(signIn, sessions, user, "sessions");
    }
}
