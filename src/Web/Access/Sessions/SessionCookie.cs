using System.Security.Claims;
using Brigade.Data.Entities;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Brigade.Web.Access.Sessions;

/// <summary>Asks on each request whether the cookie's session still holds.</summary>
internal static class SessionCookie
{
    public static IServiceCollection AddBrigadeSessions(this IServiceCollection services)
    {
        services.AddSingleton<SessionLook>();
        services.AddSingleton<OpenSessions>();
        services.AddSingleton<ISessions>(provider => provider.GetRequiredService<OpenSessions>());
        services.AddSingleton<SessionConnections>();
        services.AddSingleton<SessionPatrol>();
        services.AddHostedService(provider => provider.GetRequiredService<SessionPatrol>());
        services.AddScoped<CircuitSession>();
        services.TryAddEnumerable(ServiceDescriptor.Scoped<Microsoft.AspNetCore.Components.Server.Circuits.CircuitHandler, CircuitSession>(provider => provider.GetRequiredService<CircuitSession>()));
        return services;
    }

    public static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        var services = context.HttpContext.RequestServices;
        var verdict = Guid.TryParse(context.Principal!.FindFirstValue(ClaimTypes.NameIdentifier), out _)
            ? await services.GetRequiredService<SessionLook>().JudgeAsync(context.Principal!, context.HttpContext.RequestAborted)
            : SessionVerdict.Ended;
        if (verdict == SessionVerdict.Same)
            return;
        if (verdict == SessionVerdict.Changed && await services.GetRequiredService<UserManager<User>>().GetUserAsync(context.Principal!) is { } user)
        {
            context.ReplacePrincipal(await services.GetRequiredService<IUserClaimsPrincipalFactory<User>>().CreateAsync(user));
            context.ShouldRenew = true;
            return;
        }

        context.RejectPrincipal();
        await context.HttpContext.SignOutAsync(AccessPolicies.CookieScheme);
    }
}
