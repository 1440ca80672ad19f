using Brigade.Data.Queries;
using Brigade.Data.Startup;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Brigade.Data;

public static class ServiceCollectionExtensions
{
    /// <summary>
    /// Adds the stores; an <see cref="ICellSummaries"/> and an <see cref="ISecretCipher"/> have to be there as well. Call <see cref="DatabaseStartup.MigrateAsync"/> before the first use.
    /// Each unit of work enters its <see cref="WorkspaceScope"/>; no singleton may hold a store, and a container that validates scopes says so.
    /// </summary>
    /// <param name="postgresConnectionString">PostgreSQL where given; else SQLite in <c>brigade.db</c> in the data directory.</param>
    /// <param name="dataDirectory">Made on start where absent.</param>
    /// <exception cref="Errors.DatabaseUnavailableException">The connection string cannot be read.</exception>
    public static IServiceCollection AddBrigadeData(this IServiceCollection services, string? postgresConnectionString, string dataDirectory)
    {
        var location = StorageLocation.Of(postgresConnectionString, dataDirectory);
        services.AddSingleton(location);
        services.AddSingleton<InstanceLock>();
        services.AddIdentitySchema();
        services.TryAddSingleton(TimeProvider.System);
        services.AddScoped<WorkspaceScope>();
        services.TryAddScoped<IWorkspaceScope>(provider => provider.GetRequiredService<WorkspaceScope>());

        if (location.IsSqlite)
            services.AddContexts<SqliteBrigadeDbContext>(options => options.UseSqlite(location.ConnectionString).AddInterceptors(new SqliteConnections()));
        else
            services.AddContexts<PostgresBrigadeDbContext>(options => options.UseNpgsql(location.ConnectionString));

        services.AddScoped(IdentityContext);
        services.AddTransient<ExperimentStore>();
        services.AddTransient<RunStore>();
        services.AddTransient<TrendStore>();
        services.AddTransient<ChangeStore>();
        services.AddTransient<RetentionStore>();
        services.AddTransient<ComparisonStore>();
        services.AddTransient<BaselineStore>();
        services.AddTransient<ImportStore>();
        services.AddTransient<WorkspaceDirectory>();
        services.AddTransient<AccountStore>();
        services.AddTransient<AuditStore>();
        services.AddTransient<SecretStore>();
        services.AddTransient<NetworkStore>();
        services.AddTransient<MembershipStore>();
        services.AddTransient<InvitationStore>();
        services.AddTransient<WorkspaceStore>();
        services.AddTransient<QuotaStore>();
        services.AddSingleton<MeasuredSizes>();
        services.AddTransient<ApiKeyStore>();
        services.AddTransient<ApiKeyDirectory>();
        services.AddTransient<IdempotencyStore>();
        services.AddTransient<HappeningStore>();
        services.AddTransient<WebhookStore>();
        services.AddTransient<DeliveryStore>();
        services.AddTransient<ShareStore>();
        services.AddTransient<ShareDirectory>();
        services.AddTransient<CommentStore>();
        services.AddTransient<StarStore>();
        services.AddTransient<ScheduleStore>();
        services.AddTransient<ScheduleDirectory>();
        services.AddTransient<ClusterStore>();
        services.AddTransient<GrainStore>();
        services.AddTransient<EntryLinkStore>();
        return services;
    }

    // Identity's managers want one context for their unit of work, which tracks what it read. Everybody else takes one per operation from the factory.
    private static BrigadeDbContext IdentityContext(IServiceProvider provider)
    {
        var context = provider.GetRequiredService<IDbContextFactory<BrigadeDbContext>>().CreateDbContext();
        context.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.TrackAll;
        return context;
    }

    private static void AddContexts<TContext>(this IServiceCollection services, Action<DbContextOptionsBuilder> provider)
        where TContext : BrigadeDbContext
    {
        services.AddPooledDbContextFactory<TContext>(options =>
        {
            provider(options);
            options.UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking);

            // Ten commits a second would drown the console; and a failure is logged by whoever handles the exception, with its meaning instead of its SQL.
            options.ConfigureWarnings(warnings => warnings.Log(
                (RelationalEventId.CommandExecuted, LogLevel.Debug),
                (RelationalEventId.CommandError, LogLevel.Debug),
                (RelationalEventId.ConnectionError, LogLevel.Debug),
                (CoreEventId.QueryIterationFailed, LogLevel.Debug),
                (CoreEventId.SaveChangesFailed, LogLevel.Debug)));
        });
        services.AddTransient<IDbContextFactory<BrigadeDbContext>, WorkspaceContextFactory<TContext>>();
    }
}
