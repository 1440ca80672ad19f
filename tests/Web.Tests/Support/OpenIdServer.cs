using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Brigade.Web.Tests.Support;

/// <summary>A real OpenID provider (OpenIddict) on a port of its own, at which <see cref="Person"/> is signed in already.</summary>
internal sealed class OpenIdServer : IAsyncDisposable
{
    public const string ClientId = "brigade";
    public const string ClientSecret = "the secret of the client";

    private WebApplication? _app;

    /// <summary>Who is signed in there.</summary>
    public (string Subject, string Name, string Email, bool IsVerified) Person { get; set; } = ("4711", "Ada Cook", "ada@example.org", true);

    /// <summary>Makes its documents name another issuer than its tokens.</summary>
    public bool ClaimsToBeAnother { get; set; }

    /// <summary>Answers that the person did not agree.</summary>
    public bool Denies { get; set; }

    public string Address => _app!.Urls.First();

    /// <summary>Parameters of the last authorisation request.</summary>
    public OpenIddictRequest? LastRequest { get; private set; }

    /// <summary>What a server needs to know of it.</summary>
    public string[] Settings =>
        [$"--Brigade:OpenIdConnect:Authority={Address}", $"--Brigade:OpenIdConnect:ClientId={ClientId}", $"--Brigade:OpenIdConnect:ClientSecret={ClientSecret}", "--Brigade:OpenIdConnect:Name=Kitchen"];

    public static async Task<OpenIdServer> StartAsync()
    {
        var server = new OpenIdServer();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddAuthentication();
        builder.Services.AddOpenIddict().AddServer(server.Configure);
        server._app = builder.Build();
        server._app.UseAuthentication();
        await server._app.StartAsync();
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await _app!.StopAsync();
        await _app.DisposeAsync();
    }

    private void Configure(OpenIddictServerBuilder options)
    {
        options.SetAuthorizationEndpointUris("connect/authorize").SetTokenEndpointUris("connect/token").SetEndSessionEndpointUris("connect/logout");
        options.AllowAuthorizationCodeFlow().RequireProofKeyForCodeExchange();
        options.RegisterScopes(Scopes.Email, Scopes.Profile);
        options.AddEphemeralEncryptionKey().AddEphemeralSigningKey();
        options.EnableDegradedMode();
        options.UseAspNetCore().DisableTransportSecurityRequirement();
        options.AddEventHandler<ValidateAuthorizationRequestContext>(handler => handler.UseInlineHandler(context =>
        {
            LastRequest = context.Request;
            if (!string.Equals(context.ClientId, ClientId, StringComparison.Ordinal) || context.RedirectUri?.EndsWith("/account/sign-in/provider/callback", StringComparison.Ordinal) is not true)
                context.Reject(Errors.InvalidClient, "Unknown client.");
            return default;
        }));
        options.AddEventHandler<HandleAuthorizationRequestContext>(handler => handler.UseInlineHandler(context =>
        {
            if (Denies)
                context.Reject(Errors.AccessDenied, "The person did not agree.");
            else
                context.SignIn(Principal(context.Request));
            return default;
        }));
        options.AddEventHandler<ValidateTokenRequestContext>(handler => handler.UseInlineHandler(context =>
        {
            if (!string.Equals(context.ClientSecret, ClientSecret, StringComparison.Ordinal))
                context.Reject(Errors.InvalidClient, "The client's secret is wrong.");
            return default;
        }));
        options.AddEventHandler<ValidateEndSessionRequestContext>(handler => handler.UseInlineHandler(_ => default));
        options.AddEventHandler<HandleEndSessionRequestContext>(handler => handler.UseInlineHandler(context =>
        {
            context.SignOut();
            return default;
        }));
        options.AddEventHandler<ApplyConfigurationResponseContext>(handler => handler.SetOrder(int.MinValue).UseInlineHandler(context =>
        {
            if (ClaimsToBeAnother)
                context.Response!.SetParameter(Metadata.Issuer, "https://another.example.org/");
            return default;
        }));
    }

    private ClaimsPrincipal Principal(OpenIddictRequest request)
    {
        var identity = new ClaimsIdentity("test", Claims.Name, Claims.Role);
        identity.SetClaim(Claims.Subject, Person.Subject).SetClaim(Claims.Name, Person.Name).SetClaim(Claims.Email, Person.Email).SetClaim(Claims.EmailVerified, Person.IsVerified);
        identity.SetScopes(request.GetScopes());
        identity.SetDestinations(_ => [Destinations.IdentityToken]);
        return new ClaimsPrincipal(identity);
    }
}
