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
        .MapGet(ScreenSockets.Prefix + "{token}", (HttpContext context, ScreenSockets sockets, IHostApplicationLifetime lifetime) => sockets.ServeAsync(context, lifetime.ApplicationStopping))
        .ExcludeFromDescription();
}
