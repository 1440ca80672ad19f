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
        return services;
    }
}
