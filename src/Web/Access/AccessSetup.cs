using System.Security.Cryptography;
using System.Text;
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
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.HostFiltering;
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
        services.AddDataProtection().SetApplicationName("Brigade").PersistKeysToFileSystem(new DirectoryInfo(data.Keys));
        services.AddAntiforgery(options => options.Cookie.Name = CookieName("brigade-form", data));
        services.AddAuthentication(AccessPolicies.EitherScheme)
            .AddPolicyScheme(AccessPolicies.EitherScheme, null, options => options.ForwardDefaultSelector = context =>
                BearerHandler.IsAttempt(context.Request) ? AccessPolicies.BearerScheme : AccessPolicies.CookieScheme)
            .AddScheme<AuthenticationSchemeOptions, BearerHandler>(AccessPolicies.BearerScheme, null)
            .AddCookie(AccessPolicies.CookieScheme, options => Configure(options, data))
            .AddCookie(IdentityConstants.TwoFactorUserIdScheme, options => ConfigureStep(options, CookieName("brigade-step", data)))
            .AddCookie(IdentityConstants.TwoFactorRememberMeScheme, options => ConfigureStep(options, CookieName("brigade-known", data)))
            .AddCookie(IdentityConstants.ExternalScheme, options => ConfigureStep(options, CookieName("brigade-provider", data)));
        services.AddAuthorizationBuilder().AddBrigadePolicies();
        services.AddCascadingAuthenticationState();
        services.AddScoped<CircuitHandler, WorkspaceCircuits>();
        services.AddApiKeys();
        services.AddBrigadeSessions();

        // A name that somebody else's DNS points here (rebinding) is not a name of this server.
        services.Configure<HostFilteringOptions>(options => options.AllowedHosts = ListenAddress.Hosts);
        return builder;
    }

    /// <summary>Where a printed link leads to, and where a member makes one for another browser.</summary>
    public static void MapAccess(this IEndpointRouteBuilder app)
    {
        app.MapGet(OneTimeLinks.Prefix + "{token}", OpenAsync).AllowAnonymous().ExcludeFromDescription();
        app.MapApi("/links", "Access").MapPost("", (IOneTimeLinks links, HttpRequest request, IWorkspaceScope me) =>
            {
                var link = links.Create(Guid.TryParse(me.ActorId, out var user) ? user : null);
                return TypedResults.Ok(new LinkResponse($"{request.Scheme}://{request.Host}{link.Path}", link.ExpiresAt));
            })
            .RequireAuthorization(AccessPolicies.Owner).WithMetadata(new Features.Api.Repeats.SecretAnswer()).WithName("CreateLink").WithSummary("Make a link that lets one more browser in, once, within 24 hours.");
    }

    private static async Task OpenAsync(string token, HttpContext context, IOneTimeLinks links)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (links.Redeem(token, out var userId))
        {
            if (!await SignInAsync(context, userId))
            {
                await Denial.UsedLinkAsync(context);
                return;
            }
        }
        else if (!(await context.AuthenticateAsync(AccessPolicies.CookieScheme)).Succeeded)
        {
            await Denial.UsedLinkAsync(context);
            return;
        }

        context.Response.Redirect("/");
    }

    /// <summary>As the member who made the link; by the printed one as the owner of the default workspace.</summary>
    private static async Task<bool> SignInAsync(HttpContext context, Guid? userId)
    {
        var services = context.RequestServices;
        if ((userId ?? await services.GetRequiredService<AccountStore>().FirstOwnerAsync(context.RequestAborted)) is not { } id)
            return false;
        var signIn = services.GetRequiredService<SignInManager<User>>();
        if (await signIn.UserManager.FindByIdAsync(id.ToString()) is not { } user || !await signIn.CanSignInAsync(user))
            return false;
        await signIn.SignInAsync(user, isPersistent: true, "link");
        return true;
    }

    private static void Configure(CookieAuthenticationOptions options, DataDirectory data)
    {
        options.Cookie.Name = CookieName("brigade", data);
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Strict;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.ExpireTimeSpan = TimeSpan.FromDays(30);
        options.SlidingExpiration = true;
        options.Events.OnValidatePrincipal = SessionCookie.ValidateAsync;
        options.Events.OnRedirectToLogin = context => SignInEndpoints.DenyAsync(context.HttpContext);
        options.Events.OnRedirectToAccessDenied = context => Denial.WriteAsync(context.HttpContext, StatusCodes.Status403Forbidden);
    }

    /// <summary>Cookies that live between two steps of signing in.</summary>
    private static void ConfigureStep(CookieAuthenticationOptions options, string name)
    {
        options.Cookie.Name = name;
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Strict;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.ExpireTimeSpan = TimeSpan.FromMinutes(10);
        options.SlidingExpiration = false;
    }

    // Browsers share cookies between the ports of a host: two servers on one machine must not sign each other out.
    private static string CookieName(string prefix, DataDirectory data) =>
        $"{prefix}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(data.Path)))[..8]}";
}
