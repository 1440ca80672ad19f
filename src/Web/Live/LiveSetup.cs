using Brigade.Data;
using Brigade.Web.Access;
using Brigade.Web.Access.Sessions;

namespace Brigade.Web.Live;

internal static class LiveSetup
{
    public static IServiceCollection AddBrigadeLive(this IServiceCollection services)
    {
        services.AddSingleton<IRunSource, StoredAndOwnedRuns>();
        services.AddSingleton<LiveRuns>();
        services.AddTransient<ILiveRuns, WorkspaceLiveRuns>();
        services.AddTransient<Features.Runs.Streaming.RunWait>();
        services.AddHostedService(provider => provider.GetRequiredService<LiveRuns>());
        services.AddSingleton<ScreenSockets>();
        return services;
    }

    /// <summary>Where the browsers of open pages get what comes often.</summary>
    public static void MapLive(this IEndpointRouteBuilder app) => app

        // Whatever the method: over HTTP/2 a WebSocket begins with CONNECT.
        .Map(ScreenSockets.Prefix + "{token}", (HttpContext context, IWorkspaceScope me, ScreenSockets sockets, OpenSessions sessions, IHostApplicationLifetime lifetime) =>
            sockets.ServeAsync(context, me, sessions, lifetime.ApplicationStopping))
        .RequireAuthorization(AccessPolicies.Viewer)
        .DisableHttpMetrics()
        .ExcludeFromDescription();
}
