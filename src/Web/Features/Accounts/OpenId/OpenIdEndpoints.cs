using System.Security.Claims;
using Brigade.Data.Entities;
using Brigade.Web.Access.Sessions;
using Brigade.Web.Features.Accounts.Pages;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;

namespace Brigade.Web.Features.Accounts.OpenId;

/// <summary>Going to the OpenID provider and coming back; adding it to an account and removing it.</summary>
internal static class OpenIdEndpoints
{
    public const string DonePath = "/account/sign-in/provider/done";

    public static void MapOpenId(this RouteGroupBuilder open, RouteGroupBuilder own)
    {
        open.MapPost("/sign-in/provider", StartAsync);
        open.MapGet("/sign-in/provider/done", DoneAsync);
        open.MapGet("/sign-out/provider", SignOutAsync);
        own.MapPost("/provider", LinkAsync);
        own.MapPost("/provider/remove", RemoveAsync);
    }

    /// <summary>Whether somebody came in by the provider.</summary>
    public static async Task<bool> CameByAsync(HttpContext context, UserManager<User> users) =>
        context.User.FindFirstValue(ClaimTypes.AuthenticationMethod) is { } method && await users.GetUserAsync(context.User) is { } user
        && (await users.GetLoginsAsync(user)).Any(login => string.Equals(login.LoginProvider, method, StringComparison.Ordinal));

    private static async Task<IResult> StartAsync(HttpContext context, OpenIdProvider provider)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        return await GoAsync(context, provider, ProviderPerson.ReturnKey, ReturnAddress.Local(form["returnUrl"]));
    }

    private static Task<IResult> LinkAsync(HttpContext context, OpenIdProvider provider) => GoAsync(context, provider, ProviderPerson.LinkKey, context.User.FindFirstValue(ClaimTypes.NameIdentifier)!);

    private static async Task<IResult> DoneAsync(HttpContext context, OpenIdSignIn signIn, OpenIdProvider provider)
    {
        var answer = await context.AuthenticateAsync(IdentityConstants.ExternalScheme);
        await context.SignOutAsync(IdentityConstants.ExternalScheme);
        if (provider.Name is null || ProviderPerson.Of(answer) is not { } person)
            return SignInEndpoints.Show(context, "/", problem: "Signing in was interrupted, or took too long. Try again.", status: StatusCodes.Status401Unauthorized);
        return person.LinkTo is null ? await signIn.SignInAsync(context, person) : await signIn.LinkAsync(context, person);
    }

    private static async Task<IResult> RemoveAsync(HttpContext context, UserManager<User> users, BrigadeSignIn signIn, OpenIdSignIn openId, ISessions sessions)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var (issuer, subject) = (form["issuer"].ToString(), form["subject"].ToString());
        var user = await AccountEndpoints.MeAsync(context, users);
        if (!await openId.HasOtherWayAsync(user, issuer, subject))
            return await AccountEndpoints.RefusedAsync(context, "This is the only way in to your account. Set a password or add a passkey first.");
        var result = await users.RemoveLoginAsync(user, issuer, subject);
        return result.Succeeded ? await AccountEndpoints.DoneAsync(signIn, sessions, user, "provider-removed") : await AccountEndpoints.RefusedAsync(context, result);
    }

    private static async Task<IResult> SignOutAsync(HttpContext context, OpenIdProvider provider)
    {
        if (provider.Name is null)
            return None(context);
        try
        {
            await context.SignOutAsync(OpenIdProvider.Scheme);
            return Results.Empty;
        }
        catch (InvalidOperationException)
        {
            return AccountForm.Say(context, "You are signed out here", $"{provider.Name} cannot be told from here. Sign out there too, if others use this browser.", to: "/account/sign-in", toName: "Sign in again");
        }
    }

    /// <summary>
    /// Goes by a page: a form of ours may lead to this server only, and browsers hold a redirect that answers it to the same.
    /// </summary>
    private static async Task<IResult> GoAsync(HttpContext context, OpenIdProvider provider, string key, string value)
    {
        if (provider.Name is null)
            return None(context);
        try
        {
            await context.ChallengeAsync(OpenIdProvider.Scheme, new AuthenticationProperties { RedirectUri = DonePath, Items = { [key] = value } });
        }
        catch (Exception problem) when (problem is InvalidOperationException or IOException or HttpRequestException)
        {
            context.RequestServices.GetRequiredService<ILogger<OpenIdProvider>>().LogError("{Provider} cannot be asked: {Problem}", provider.Name, problem.GetBaseException().Message.Split('\n')[0]);
            return AccountForm.Say(context, $"{provider.Name} does not answer", "Try again in a while, or sign in by another way.", StatusCodes.Status503ServiceUnavailable, "/account/sign-in", "To the sign-in");
        }

        var to = context.Response.Headers.Location.ToString();
        context.Response.Headers.Remove("Location");
        return AccountForm.Show<OnTheWayPage>(context, new OnTheWay(provider.Name, to));
    }

    private static IResult None(HttpContext context) => AccountForm.Say(context, "There is no other sign-in", "This Brigade has no OpenID provider.", StatusCodes.Status404NotFound, "/account/sign-in", "To the sign-in");
}
