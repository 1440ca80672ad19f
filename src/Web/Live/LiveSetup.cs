namespace Brigade.Web.Live;

internal static class LiveSetup
{
    public static IServiceCollection AddBrigadeLive(this IServiceCollection services)
    {
        services.AddSingleton<IRunSource, StoredAndOwnedRuns>();
        services.AddSingleton<LiveRuns>();
        services.AddSingleton<ILiveRuns>(provider => provider.GetRequiredService<LiveRuns>());
        services.AddTransient<Features.Runs.Streaming.RunWait>();
        services.AddHostedService(provider => provider.GetRequiredService<LiveRuns>());
        return services;
    }
}
