using System.Security.Claims;
using System.Text.Encodings.Web;
using Brigade.Web.Access.Keys;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Brigade.Web.Access;

/// <summary>Knows <c>Authorization: Bearer …</c> of scripts and runners: an API key, the server's own token, or the embedded runner's.</summary>
internal sealed class BearerHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, AccessTokens tokens, ApiKeyRing keys)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    private const string Prefix = "Bearer ";

    public static bool IsAttempt(HttpRequest request) => request.Headers.Authorization.Count > 0;

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Bearer realm=\"Brigade\"";
        return Denial.WriteAsync(Context, StatusCodes.Status401Unauthorized);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => Denial.WriteAsync(Context, StatusCodes.Status403Forbidden);

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
            return AuthenticateResult.NoResult();
        var token = header[Prefix.Length..].Trim();
        return tokens.IsScript(token) ? Success(AccessPolicies.ServerTokenPrincipal(Scheme.Name))
            : tokens.IsEmbeddedRunner(token) ? Success(AccessPolicies.EmbeddedRunnerPrincipal())
            : await keys.FindAsync(token, Scheme.Name, Context.RequestAborted) is { } bearer ? Success(bearer)
            : AuthenticateResult.Fail("The bearer token is not known.");
    }

    private AuthenticateResult Success(ClaimsPrincipal principal) => AuthenticateResult.Success(new AuthenticationTicket(principal, Scheme.Name));
}
