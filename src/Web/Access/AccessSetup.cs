using Brigade.Data;
using Brigade.Data.Entities;
using Brigade.Data.Queries;
using Brigade.Web.Access.Keys;
using Brigade.Web.Access.Sessions;
using Brigade.Web.Features.Accounts;
using Brigade.Web.Features.Api;
using Brigade.Web.Hosting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.Identity;

namespace Brigade.Web.Access;

/// <summary>Access by account, by link, by key and by token.</summary>
internal static class AccessSetup
{
    public static WebApplicationBuilder AddBrigadeAccess(this WebApplicationBuilder builder, DataDirectory data)
    {
        var services = builder.Services;
        services.AddSingleton(new AccessTokens(builder.Configuration[AccessTokens.Variable]));
        services.AddSingleton<IOneTimeLinks, OneTimeLinks>();
        builder.AddBrigadeKeys();
        var cookies = CookieNames.Of(builder.Configuration, data);
        services.AddSingleton(cookies);
        services.AddAntiforgery(options => (options.Cookie.Name, options.Cookie.SecurePolicy) = (cookies.Name("brigade-form"), CookieSecurePolicy.SameAsRequest));
        services.AddAuthentication(AccessPolicies.EitherScheme)
            .AddPolicyScheme(AccessPolicies.EitherScheme, null, options => options.ForwardDefaultSelector = context =>
                BearerHandler.IsAttempt(context.Request) ? AccessPolicies.BearerScheme : AccessPolicies.CookieScheme)
            .AddScheme<AuthenticationSchemeOptions, BearerHandler>(AccessPolicies.BearerScheme, null)
            .AddCookie(AccessPolicies.CookieScheme, options => Configure(options, cookies))
            .AddCookie(IdentityConstants.TwoFactorUserIdScheme, options => ConfigureStep(options, cookies, "brigade-step"))
            .AddCookie(IdentityConstants.TwoFactorRememberMeScheme, options => ConfigureStep(options, cookies, "brigade-known"))
            .AddCookie(IdentityConstants.ExternalScheme, options => ConfigureStep(options, cookies, "brigade-provider"));
        services.AddAuthorizationBuilder().AddBrigadePolicies();
        services.AddCascadingAuthenticationState();
        services.AddScoped<CircuitHandler, WorkspaceCircuits>();
        services.AddApiKeys();
        services.AddBrigadeSessions();
        return builder;
    }

    /// <summary>Where a printed link leads to, and where a member makes one for another browser.</summary>
    public static void MapAccess(this IEndpointRouteBuilder app)
    {
        app.MapGet(OneTimeLinks.Prefix + "{token}", OpenAsync).AllowAnonymous().ExcludeFromDescription();
        app.MapApi("/links", "Access").MapPost("", async (IOneTimeLinks links, HttpRequest request, IWorkspaceScope me, CancellationToken cancellation) =>
            {
                var link = await links.CreateAsync(Guid.TryParse(me.ActorId, out var user) ? user : null, cancellation);
                return TypedResults.Ok(new LinkResponse($"{request.Scheme}://{request.Host}{link.Path}", link.ExpiresAt));
            })
            .RequireAuthorization(AccessPolicies.Owner).WithMetadata(new Features.Api.Repeats.SecretAnswer()).WithName("CreateLink").WithSummary("Make a link that lets one more browser in, once, within 24 hours.");
    }

    private static async Task OpenAsync(string token, HttpContext context, IOneTimeLinks links)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (await links.RedeemAsync(token, context.RequestAborted) is { } link)
        {
            if (await SignInAsync(context, link.UserId) is not { } user)
            {
                await Denial.UsedLinkAsync(context);
                return;
            }

            // Where others can come too, whoever holds the first link makes the account that they come back by.
            var isForOthers = context.RequestServices.GetRequiredService<PublicAddress>().Url is not null;
            context.Response.Redirect(isForOthers && (await AccountModel.ReadAsync(context, user)).IsNew ? "/account" : "/");
            return;
        }

        if (!(await context.AuthenticateAsync(AccessPolicies.CookieScheme)).Succeeded)
        {
            await Denial.UsedLinkAsync(context);
            return;
        }

        context.Response.Redirect("/");
    }

    /// <summary>As the member who made the link; by the printed one as the owner of the default workspace.</summary>
    private static async Task<User?> SignInAsync(HttpContext context, Guid? userId)
    {
        var services = context.RequestServices;
        if ((userId ?? await services.GetRequiredService<AccountStore>().FirstOwnerAsync(context.RequestAborted)) is not { } id)
            return null;
        var signIn = services.GetRequiredService<SignInManager<User>>();
        if (await signIn.UserManager.FindByIdAsync(id.ToString()) is not { } user || !await signIn.CanSignInAsync(user))
            return null;
        await signIn.SignInAsync(user, isPersistent: true, "link");
        return user;
    }

    private static void Configure(CookieAuthenticationOptions options, CookieNames cookies)
    {
        cookies.Apply(options.Cookie, "brigade");
        options.Cookie.SameSite = SameSiteMode.Strict;
        options.ExpireTimeSpan = TimeSpan.FromDays(30);
        options.SlidingExpiration = true;
        options.Events.OnValidatePrincipal = SessionCookie.ValidateAsync;
        options.Events.OnRedirectToLogin = context => SignInEndpoints.DenyAsync(context.HttpContext);
        options.Events.OnRedirectToAccessDenied = context => Denial.WriteAsync(context.HttpContext, StatusCodes.Status403Forbidden);
    }

    /// <summary>Cookies that live between two steps of signing in.</summary>
    private static void ConfigureStep(CookieAuthenticationOptions options, CookieNames cookies, string name)
    {
        cookies.Apply(options.Cookie, name);
        options.Cookie.SameSite = SameSiteMode.Strict;
        options.ExpireTimeSpan = TimeSpan.FromMinutes(10);
        options.SlidingExpiration = false;
    }
}
