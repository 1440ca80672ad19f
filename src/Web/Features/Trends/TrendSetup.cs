using Brigade.Data.Queries;

namespace Brigade.Web.Features.Trends;

internal static class TrendSetup
{
    /// <summary>What history needs beside its pages: the figures of its points, the search for changes, and the deletion of what is old.</summary>
    public static IServiceCollection AddBrigadeTrends(this IServiceCollection services)
    {
        services.AddSingleton<ICellSummaries, CellSummaries>();
        services.AddTransient<TrendReader>();
        services.AddTransient<Examination>();
        services.AddHostedService<Examiner>();
        services.AddHostedService<Retention>();
        return services;
    }
}
