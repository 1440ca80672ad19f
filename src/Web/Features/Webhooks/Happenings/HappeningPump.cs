using Brigade.Data;
using Brigade.Data.Queries;

namespace Brigade.Web.Features.Webhooks.Happenings;

/// <summary>Tells everybody what has happened, after the commits that did it, in the order in which it happened. What is to be told is in the database, so nothing is forgotten by a restart.</summary>
internal sealed class HappeningPump(IServiceScopeFactory scopes, TimeProvider time, ILogger<HappeningPump> logger) : BackgroundService
{
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(30);

    private const int AtOnce = 100;

    private readonly Dictionary<Guid, DateTimeOffset> _failed = [];

    /// <summary>Tells what there is to tell, once.</summary>
    public async Task PassAsync(CancellationToken cancellation)
    {
        await using var above = scopes.CreateSystemScope(Guid.Empty);
        foreach (var workspace in await above.ServiceProvider.GetRequiredService<WorkspaceDirectory>().WithHappeningsAsync(cancellation))
            await PassAsync(workspace, cancellation);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await TryAsync(stoppingToken);
        }
        catch (OperationCanceledException)
        {
            // The server ends; what is left is told when it starts again.
        }
    }

    private async Task TryAsync(CancellationToken cancellation)
    {
        try
        {
            await PassAsync(cancellation);
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            // A database that does not answer is reported by whoever wants something of it; here it only means later.
            logger.LogDebug(problem, "What has happened could not be read");
        }
    }

    private async Task PassAsync(Guid workspaceId, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateSystemScope(workspaceId);
        var store = scope.ServiceProvider.GetRequiredService<HappeningStore>();
        foreach (var happening in await store.NextAsync(AtOnce, cancellation))
        {
            if (!_failed.TryGetValue(happening.Id, out var until) || until <= time.GetUtcNow())
                await TellAsync(scope.ServiceProvider, store, happening, cancellation);
        }
    }

    private async Task TellAsync(IServiceProvider services, HappeningStore store, HappeningRow happening, CancellationToken cancellation)
    {
        try
        {
            foreach (var listener in services.GetServices<IHappeningListener>())
                await listener.HearAsync(happening, cancellation);
            await store.DoneAsync(happening.Id, cancellation);
            _failed.Remove(happening.Id);
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            _failed[happening.Id] = time.GetUtcNow() + AfterFailure;
            logger.LogWarning("What happened ({Kind} {Subject}) could not be told, tried again in {Seconds} s: {Problem}", happening.Kind, happening.Subject, AfterFailure.TotalSeconds, problem.GetBaseException().Message);
        }
    }
}
