using System.Security.Claims;
using System.Text.Encodings.Web;
using Brigade.Data.Entities;
using Brigade.Web.Access;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Brigade.Web.Tests.Support;

/// <summary>Lets tests be whoever they want, by a bearer token that says so; all other tokens are for the real handler.</summary>
internal sealed class CallerHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    private const string Prefix = "caller:";

    public static string Member(WorkspaceRole role, Guid workspace) => $"{Prefix}{AccessPolicies.Name(role)}:{workspace}";

    public static string Runner(Guid workspace) => $"{Prefix}{AccessPolicies.Runner}:{workspace}";

    /// <summary>Puts this in the place of the real handler, which it asks itself.</summary>
    public static void Use(IServiceCollection services) => services.PostConfigure<AuthenticationOptions>(options =>
        options.SchemeMap[AccessPolicies.BearerScheme].HandlerType = typeof(CallerHandler));

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var token = Request.Headers.Authorization.ToString().Replace("Bearer ", "", StringComparison.OrdinalIgnoreCase);
        if (!token.StartsWith(Prefix, StringComparison.Ordinal))
            return await (await RealAsync()).AuthenticateAsync();
        var parts = token[Prefix.Length..].Split(':');
        var workspace = Guid.Parse(parts[1]);
        var principal = Enum.TryParse<WorkspaceRole>(parts[0], ignoreCase: true, out var role)
            ? AccessPolicies.Principal(Scheme.Name, "key:test", "test", workspace, role)
            : AccessPolicies.RunnerPrincipal(Scheme.Name, "test", "test", workspace);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(principal), Scheme.Name));
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties) => await (await RealAsync()).ChallengeAsync(properties);

    protected override async Task HandleForbiddenAsync(AuthenticationProperties properties) => await (await RealAsync()).ForbidAsync(properties);

    private async Task<IAuthenticationHandler> RealAsync()
    {
        var real = ActivatorUtilities.CreateInstance<BearerHandler>(Context.RequestServices);
        await real.InitializeAsync(Scheme, Context);
        return real;
    }
}
