using Brigade.Data.Entities;
using Brigade.Web.Access.Sessions;
using Brigade.Web.Features.Accounts.Pages;
using Microsoft.AspNetCore.Identity;

namespace Brigade.Web.Features.Accounts;

/// <param name="Key">In groups of four, for typing.</param>
public sealed record TotpModel(string Key, string Uri);

/// <summary>The second step: an authenticator app, and codes for when it is lost.</summary>
internal static class TotpEndpoints
{
    private const int RecoveryCodes = 10;

    public static void MapTotp(this RouteGroupBuilder own)
    {
        own.MapPost("/totp/start", StartAsync);
        own.MapGet("/totp", async (HttpContext context, UserManager<User> users) => await ShowAsync(context, users, await AccountEndpoints.MeAsync(context, users)));
        own.MapPost("/totp", ConfirmAsync);
        own.MapPost("/totp/off", TurnOffAsync);
        own.MapPost("/recovery-codes", NewCodesAsync);
    }

    private static async Task<IResult> StartAsync(HttpContext context, UserManager<User> users, BrigadeSignIn signIn, ISessions sessions)
    {
        var user = await AccountEndpoints.MeAsync(context, users);
        if (user.TwoFactorEnabled)
            return await AccountEndpoints.RefusedAsync(context, "The second step is on already. Turn it off to set it up anew.");
        await users.ResetAuthenticatorKeyAsync(user);
        await AccountEndpoints.DoneAsync(signIn, sessions, user, "");
        return Results.LocalRedirect("/account/totp");
    }

    private static async Task<IResult> ShowAsync(HttpContext context, UserManager<User> users, User user, string? problem = null)
    {
        if (user.TwoFactorEnabled || await users.GetAuthenticatorKeyAsync(user) is not { Length: > 0 } key)
            return Results.LocalRedirect("/account");
        var groups = string.Join(' ', key.ToLowerInvariant().Chunk(4).Select(group => new string(group)));
        var label = Uri.EscapeDataString(user.Email ?? user.DisplayName);
        return AccountForm.Show<TotpPage>(
            context, new TotpModel(groups, $"otpauth://totp/Brigade:{label}?secret={key}&issuer=Brigade&digits=6"), problem: problem,
            status: problem is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<IResult> ConfirmAsync(HttpContext context, UserManager<User> users, BrigadeSignIn signIn, ISessions sessions)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var user = await AccountEndpoints.MeAsync(context, users);
        var code = form["code"].ToString().Replace(" ", "", StringComparison.Ordinal);
        if (user.TwoFactorEnabled || !await users.VerifyTwoFactorTokenAsync(user, users.Options.Tokens.AuthenticatorTokenProvider, code))
            return await ShowAsync(context, users, user, "The code does not fit. Is the clock of your phone right? Try the next code.");
        await users.SetTwoFactorEnabledAsync(user, true);
        await signIn.NoteAsync(user, "account.second-step-on");
        return await CodesAsync(context, users, signIn, sessions, user);
    }

    private static async Task<IResult> TurnOffAsync(HttpContext context, UserManager<User> users, BrigadeSignIn signIn, ISessions sessions)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var user = await AccountEndpoints.MeAsync(context, users);
        if (user.PasswordHash is not null && !await signIn.IsPasswordAsync(user, form["current"].ToString()))
            return await AccountEndpoints.RefusedAsync(context, AccountEndpoints.NeedsPassword);
        await users.SetTwoFactorEnabledAsync(user, false);
        await users.ResetAuthenticatorKeyAsync(user);
        return await AccountEndpoints.DoneAsync(signIn, sessions, user, "totp-off");
    }

    private static async Task<IResult> NewCodesAsync(HttpContext context, UserManager<User> users, BrigadeSignIn signIn, ISessions sessions)
    {
        var user = await AccountEndpoints.MeAsync(context, users);
        if (!user.TwoFactorEnabled)
            return await AccountEndpoints.RefusedAsync(context, "Recovery codes belong to the second step, which is off.");
        await signIn.NoteAsync(user, "account.recovery-codes-made");
        return await CodesAsync(context, users, signIn, sessions, user);
    }

    private static async Task<IResult> CodesAsync(HttpContext context, UserManager<User> users, BrigadeSignIn signIn, ISessions sessions, User user)
    {
        var codes = (await users.GenerateNewTwoFactorRecoveryCodesAsync(user, RecoveryCodes))!.ToList();
        await AccountEndpoints.DoneAsync(signIn, sessions, user, "");
        return AccountForm.Show<CodesPage>(context, codes);
    }
}
