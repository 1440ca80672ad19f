using System.Security.Claims;
using Brigade.Web.Access;
using Brigade.Web.Features.Accounts.Pages;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Identity;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Brigade.Web.Features.Accounts.OpenId;

/// <summary>Signing in with an OpenID provider: the code flow with PKCE, by Microsoft's handler, which checks signature, issuer, audience, nonce and state.</summary>
internal static class OpenIdSetup
{
    /// <summary>All that is kept of what the provider says.</summary>
    private static readonly string[] Kept = [ProviderPerson.IssuerClaim, ProviderPerson.SubjectClaim, ProviderPerson.NameClaim, ProviderPerson.EmailClaim, ProviderPerson.VerifiedClaim];

    public static void AddBrigadeOpenId(this WebApplicationBuilder builder)
    {
        var provider = OpenIdProvider.Of(builder.Configuration);
        builder.Services.AddSingleton(provider);
        builder.Services.AddScoped<OpenIdSignIn>();
        if (provider.Name is null)
            return;
        builder.Services.AddAuthentication().AddOpenIdConnect(OpenIdProvider.Scheme, provider.Name, options => Configure(options, provider));
        builder.Services.AddOptions<OpenIdConnectOptions>(OpenIdProvider.Scheme).Configure<CookieNames>((options, cookies) =>
        {
            // The provider sends people back by a link, with which browsers send no strict cookie.
            cookies.Guard(options.CorrelationCookie);
            cookies.Guard(options.NonceCookie);
            (options.CorrelationCookie.SameSite, options.NonceCookie.SameSite) = (SameSiteMode.Lax, SameSiteMode.Lax);
        });
    }

    private static void Configure(OpenIdConnectOptions options, OpenIdProvider provider)
    {
        options.Authority = provider.Authority;
        options.ClientId = provider.ClientId;
        options.ClientSecret = provider.ClientSecret;
        options.RequireHttpsMetadata = provider.IsSecure;
        options.SignInScheme = IdentityConstants.ExternalScheme;
        options.ResponseType = OpenIdConnectResponseType.Code;

        // A form that another site posts here is refused, and its cookies would have to be for all sites.
        options.ResponseMode = OpenIdConnectResponseMode.Query;
        options.UsePkce = true;
        options.SaveTokens = false;
        options.MapInboundClaims = false;
        options.GetClaimsFromUserInfoEndpoint = true;
        options.ClaimActions.Remove(ProviderPerson.IssuerClaim);
        options.ClaimActions.MapUniqueJsonKey(ProviderPerson.VerifiedClaim, ProviderPerson.VerifiedClaim);
        options.Scope.Clear();
        foreach (var scope in new[] { "openid", "profile", "email" })
            options.Scope.Add(scope);
        options.CallbackPath = OpenIdProvider.Callback;
        options.SignedOutCallbackPath = OpenIdProvider.SignedOut;
        options.SignedOutRedirectUri = "/account/sign-in";

        // It would end a session for whoever asks.
        options.RemoteSignOutPath = PathString.Empty;
        options.DisableTelemetry = true;
        options.Events.OnTicketReceived = KeepAsync;
        options.Events.OnRemoteFailure = context => RefuseAsync(context, provider.Name!);
        options.Events.OnRedirectToIdentityProviderForSignOut = context =>
        {
            context.ProtocolMessage.ClientId = options.ClientId;
            return Task.CompletedTask;
        };
    }

    /// <summary>Goes on by a page of ours, because the browser came from the provider's and keeps strict cookies, such as that of a session, to itself until the next step.</summary>
    private static async Task KeepAsync(TicketReceivedContext context)
    {
        var claims = context.Principal!.Claims.Where(claim => Kept.Contains(claim.Type, StringComparer.Ordinal)).Select(claim => new Claim(claim.Type, claim.Value));
        await context.HttpContext.SignInAsync(IdentityConstants.ExternalScheme, new ClaimsPrincipal(new ClaimsIdentity(claims, OpenIdProvider.Scheme)), context.Properties);
        context.HandleResponse();
        await AccountForm.Show<OnTheWayPage>(context.HttpContext, new OnTheWay("Brigade", OpenIdEndpoints.DonePath)).ExecuteAsync(context.HttpContext);
    }

    private static Task RefuseAsync(RemoteFailureContext context, string name)
    {
        context.HandleResponse();
        var http = context.HttpContext;
        var isDenied = string.Equals(http.Request.Query["error"], "access_denied", StringComparison.Ordinal);
        http.RequestServices.GetRequiredService<ILogger<OpenIdProvider>>().LogWarning("Signing in with {Provider} failed: {Problem}", name, context.Failure?.Message.Split('\n')[0]);
        return SignInEndpoints.Show(
            http, "/", problem: isDenied ? $"{name} did not let you in." : $"The answer of {name} could not be trusted, or came too late. Nobody was signed in. Try again.",
            status: StatusCodes.Status401Unauthorized).ExecuteAsync(http);
    }
}
