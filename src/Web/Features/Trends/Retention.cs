using Brigade.Data;
using Brigade.Data.Queries;
using Brigade.Web.Cluster;
using Brigade.Web.Components.Formatting;

namespace Brigade.Web.Features.Trends;

/// <summary>Applies each workspace's rules once an hour: deletes what is older than it is to be kept, a few runs at a time, and says what that freed. Without rules it deletes nothing.</summary>
internal sealed class Retention(IServiceScopeFactory scopes, ILeader leader, TimeProvider time, ILogger<Retention> logger) : BackgroundService
{
    public static readonly TimeSpan Every = TimeSpan.FromHours(1);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>A transaction that others wait for a moment at most.</summary>
    private const int RunsAtOnce = 20;

    /// <summary>Applies the rules of all workspaces once. Answers the runs that something was deleted of, and its bytes.</summary>
    public async Task<(int Runs, long Bytes)> ApplyAsync(CancellationToken cancellation)
    {
        await using var above = scopes.CreateSystemScope(Guid.Empty);
        var (runs, bytes) = (0, 0L);
        foreach (var workspace in await above.ServiceProvider.GetRequiredService<WorkspaceDirectory>().ListAsync(cancellation))
        {
            var thinned = await ApplyAsync(workspace, cancellation);
            (runs, bytes) = (runs + thinned.Runs, bytes + thinned.Bytes);
        }

        return (runs, bytes);
    }

    private async Task<(int Runs, long Bytes)> ApplyAsync(Guid workspaceId, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateSystemScope(workspaceId);
        var store = scope.ServiceProvider.GetRequiredService<RetentionStore>();
        var rules = await store.RulesAsync(cancellation);
        var frames = await ThinAsync("frames", rules.KeepFramesDays, store.ThinFramesAsync, cancellation);
        var trials = await ThinAsync("histograms and task errors", rules.KeepTrialsDays, store.ThinTrialsAsync, cancellation);
        return (frames.Runs + trials.Runs, frames.Bytes + trials.Bytes);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        try
        {
            do
            {
                try
                {
                    if (leader.IsLeader)
                        await ApplyAsync(stoppingToken);
                }
                catch (Exception problem) when (problem is not OperationCanceledException)
                {
                    logger.LogWarning("Old series could not be deleted, tried again in an hour: {Problem}", problem.GetBaseException().Message);
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
            // The server ends.
        }
    }

    private async Task<(int Runs, long Bytes)> ThinAsync(
        string what, int? keepDays, Func<DateTimeOffset, ThinningPlace?, int, CancellationToken, Task<Thinned>> thin, CancellationToken cancellation)
    {
        if (keepDays is not { } days)
            return (0, 0);
        var before = time.GetUtcNow().AddDays(-days);
        var (runs, bytes) = (0, 0L);
        for (ThinningPlace? place = null; ;)
        {
            var batch = await thin(before, place, RunsAtOnce, cancellation);
            (runs, bytes, place) = (runs + batch.Runs, bytes + batch.Bytes, batch.Last);
            if (batch.Runs < RunsAtOnce)
                break;
            await Task.Delay(Pause, time, cancellation);
        }

        if (runs > 0)
            logger.LogInformation("Deleted the {What} of {Runs} that ended more than {Days} ago: {Bytes}", what, Numbers.Count(runs, "run"), Numbers.Count(days, "day"), Numbers.Bytes(bytes));
        return (runs, bytes);
    }
}
