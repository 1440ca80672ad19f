using System.Buffers.Text;
using Brigade.Data.Entities;
using Brigade.Web.Access.Sessions;
using Microsoft.AspNetCore.Identity;

namespace Brigade.Web.Features.Accounts;

/// <summary>Passkeys: the questions that authenticators answer, and what their answers do.</summary>
internal static class PasskeyEndpoints
{
    private const int Most = 20;
    private const int LongestName = 60;

    public static void MapPasskeys(this RouteGroupBuilder open, RouteGroupBuilder own)
    {
        // For whoever it may be: which addresses have an account is nobody's business.
        open.MapPost("/sign-in/passkey/options", async (BrigadeSignIn signIn) => Results.Content(await signIn.MakePasskeyRequestOptionsAsync(null), "application/json"));
        open.MapPost("/sign-in/passkey", SignInAsync);
        own.MapPost("/passkeys/options", OptionsAsync);
        own.MapPost("/passkeys", AddAsync);
        own.MapPost("/passkeys/remove", RemoveAsync);
    }

    private static async Task<IResult> SignInAsync(HttpContext context, BrigadeSignIn signIn, UserManager<User> users)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var to = ReturnAddress.Local(form["returnUrl"]);
        if (await AnswerAsync(() => signIn.PerformPasskeyAssertionAsync(form["credential"].ToString())) is not { Succeeded: true } answer || !await signIn.CanSignInAsync(answer.User))
            return SignInEndpoints.Show(context, to, problem: "This passkey is not known here, or its account is closed.", status: StatusCodes.Status401Unauthorized);
        await users.AddOrUpdatePasskeyAsync(answer.User, answer.Passkey);

        // The authenticator has asked for a finger, a face or a PIN: that is the second step already.
        await signIn.SignInAsync(answer.User, isPersistent: true, "passkey");
        return Results.LocalRedirect(to);
    }

    private static async Task<IResult> OptionsAsync(HttpContext context, BrigadeSignIn signIn, UserManager<User> users)
    {
        var user = await AccountEndpoints.MeAsync(context, users);
        return Results.Content(
            await signIn.MakePasskeyCreationOptionsAsync(new PasskeyUserEntity { Id = user.Id.ToString(), Name = user.Email ?? user.DisplayName, DisplayName = user.DisplayName }), "application/json");
    }

    private static async Task<IResult> AddAsync(HttpContext context, BrigadeSignIn signIn, UserManager<User> users, ISessions sessions)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var user = await AccountEndpoints.MeAsync(context, users);
        if ((await users.GetPasskeysAsync(user)).Count >= Most)
            return await AccountEndpoints.RefusedAsync(context, $"An account has at most {Most} passkeys. Remove one first.");
        if (await AnswerAsync(() => signIn.PerformPasskeyAttestationAsync(form["credential"].ToString())) is not { Succeeded: true } answer
            || !string.Equals(answer.UserEntity.Id, user.Id.ToString(), StringComparison.Ordinal))
            return await AccountEndpoints.RefusedAsync(context, "The passkey could not be added. Try again; if it goes on, the authenticator does not fit.");
        var name = form["passkey-name"].ToString().Trim();
        answer.Passkey.Name = name.Length is > 0 and <= LongestName ? name : "Passkey";
        var result = await users.AddOrUpdatePasskeyAsync(user, answer.Passkey);
        return result.Succeeded ? await AccountEndpoints.DoneAsync(signIn, sessions, user, "passkey") : await AccountEndpoints.RefusedAsync(context, result);
    }

    private static async Task<IResult> RemoveAsync(HttpContext context, BrigadeSignIn signIn, UserManager<User> users, ISessions sessions)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var user = await AccountEndpoints.MeAsync(context, users);
        if (!Base64Url.IsValid(form["id"].ToString()))
            return await AccountEndpoints.RefusedAsync(context, "There is no such passkey.");
        await users.RemovePasskeyAsync(user, Base64Url.DecodeFromChars(form["id"].ToString()));

        // Whoever came in by it may be who it was removed for.
        await users.UpdateSecurityStampAsync(user);
        return await AccountEndpoints.DoneAsync(signIn, sessions, user, "passkey-removed");
    }

    // Whatever a browser sends as an answer: what is none is no fault of the server.
    private static async Task<T?> AnswerAsync<T>(Func<Task<T>> read)
        where T : class
    {
        try
        {
            return await read();
        }
        catch (Exception problem) when (problem is PasskeyException or InvalidOperationException or System.Text.Json.JsonException or FormatException or ArgumentException)
        {
            return null;
        }
    }
}
