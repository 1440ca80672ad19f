using Brigade.Data.Entities;
using Brigade.Web.Access;
using Brigade.Web.Features.Accounts.OpenId;
using Brigade.Web.Features.Accounts.Pages;
using Microsoft.AspNetCore.Identity;

namespace Brigade.Web.Features.Accounts;

/// <param name="Email">What was typed before.</param>
/// <param name="Again">The page that was asked for; null where it was the sign-in itself.</param>
public sealed record SignInModel(string Email, string? Again);

/// <summary>Coming in, and going out.</summary>
internal static class SignInEndpoints
{
    // Says nothing about which of the two it was, nor whether there is such an account.
    private const string Wrong = "The e-mail address or the password is wrong, or the account is closed at the moment.";

    public static void MapSignIn(this RouteGroupBuilder open, RouteGroupBuilder own)
    {
        open.MapGet("/sign-in", (HttpContext context, string? returnUrl) => Show(context, ReturnAddress.Local(returnUrl)));
        open.MapPost("/sign-in", SignInAsync);
        open.MapGet("/sign-in/code", CodeAsync);
        open.MapPost("/sign-in/code", (HttpContext context, BrigadeSignIn signIn) => SecondStepAsync(context, signIn, isRecovery: false));
        open.MapPost("/sign-in/recovery", (HttpContext context, BrigadeSignIn signIn) => SecondStepAsync(context, signIn, isRecovery: true));
        own.MapPost("/sign-out", SignOutAsync);
    }

    /// <summary>The sign-in page, also for whoever asked for another page and may not see it.</summary>
    public static IResult Show(HttpContext context, string returnTo, string email = "", string? problem = null, int status = StatusCodes.Status200OK, string? again = null) =>
        AccountForm.Show<SignInPage>(context, new SignInModel(email, again), returnTo, problem, status: status);

    /// <summary>Answers a person who asked for a page without being signed in.</summary>
    public static Task DenyAsync(HttpContext context)
    {
        if (Denial.IsForProgram(context.Request))
            return Denial.WriteAsync(context, StatusCodes.Status401Unauthorized);
        var asked = HttpMethods.IsGet(context.Request.Method) ? ReturnAddress.Local(context.Request.Path + context.Request.QueryString) : "/";
        return Show(context, asked, status: StatusCodes.Status401Unauthorized, again: asked).ExecuteAsync(context);
    }

    private static async Task<IResult> SignInAsync(HttpContext context, BrigadeSignIn signIn)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var (email, password, to) = (form["email"].ToString().Trim(), form["password"].ToString(), ReturnAddress.Local(form["returnUrl"]));
        var result = await signIn.EmailSignInAsync(email, password);
        return result.Succeeded ? Results.LocalRedirect(to)
            : result.RequiresTwoFactor ? Results.LocalRedirect($"/account/sign-in/code?returnUrl={Uri.EscapeDataString(to)}")
            : Show(context, to, email, Wrong, StatusCodes.Status401Unauthorized);
    }

    private static async Task<IResult> CodeAsync(HttpContext context, BrigadeSignIn signIn, string? returnUrl) =>
        await signIn.GetTwoFactorAuthenticationUserAsync() is null
            ? Results.LocalRedirect("/account/sign-in")
            : AccountForm.Show<CodePage>(context, returnTo: ReturnAddress.Local(returnUrl));

    private static async Task<IResult> SecondStepAsync(HttpContext context, BrigadeSignIn signIn, bool isRecovery)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var (code, to) = (form["code"].ToString().Replace(" ", "", StringComparison.Ordinal), ReturnAddress.Local(form["returnUrl"]));
        if (await signIn.GetTwoFactorAuthenticationUserAsync() is not { } user)
            return Results.LocalRedirect("/account/sign-in");
        var result = await signIn.CodeSignInAsync(user, code, isRecovery);
        return result.Succeeded
            ? Results.LocalRedirect(to)
            : AccountForm.Show<CodePage>(context, returnTo: to, problem: "The code is wrong or was used, or the account is closed for ten minutes after too many tries.", status: StatusCodes.Status401Unauthorized);
    }

    private static async Task<IResult> SignOutAsync(HttpContext context, BrigadeSignIn signIn, UserManager<User> users, OpenIdProvider provider)
    {
        var cameByProvider = provider.Name is not null && await OpenIdEndpoints.CameByAsync(context, users);
        await signIn.SignOutAsync();
        if (cameByProvider)
        {
            return AccountForm.Say(context, "You are signed out", $"You are still signed in at {provider.Name}, which lets whoever uses this browser come in again.",
                to: "/account/sign-out/provider", toName: $"Sign out of {provider.Name} too");
        }

        return AccountForm.Say(context, "You are signed out", "Close the other tabs of Brigade too, if others use this browser.", to: "/account/sign-in", toName: "Sign in again");
    }
}
