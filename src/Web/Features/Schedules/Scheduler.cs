using System.Security.Cryptography;
using Brigade.Contracts.Plan;
using Brigade.Data;
using Brigade.Data.Queries;
using Brigade.Web.Cluster;

namespace Brigade.Web.Features.Schedules;

/// <summary>
/// Begins the runs of schedules. When the server was down, what was due meanwhile is begun once, however many times that were. With several nodes each looks, and the database says who was first.
/// </summary>
internal sealed class Scheduler(IServiceScopeFactory scopes, TimeProvider time, ILogger<Scheduler> logger) : BackgroundService
{
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan AfterFailure = TimeSpan.FromMinutes(1);

    private const int AtOnce = 50;

    private readonly Dictionary<Guid, DateTimeOffset> _failed = [];

    /// <summary>Begins what is due now. Answers how many runs it queued.</summary>
    public async Task<int> LookAsync(CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        await using var above = scopes.CreateSystemScope(Guid.Empty);
        var queued = 0;
        foreach (var due in await above.ServiceProvider.GetRequiredService<ScheduleDirectory>().DueAsync(now, AtOnce, cancellation))
        {
            if (_failed.TryGetValue(due.Id, out var until) && until > now)
                continue;
            try
            {
                queued += await BeginAsync(due, now, cancellation) ? 1 : 0;
                _failed.Remove(due.Id);
            }
            catch (Exception problem) when (problem is not OperationCanceledException)
            {
                _failed[due.Id] = now + AfterFailure;
                logger.LogWarning("The schedule {Schedule} could not begin its run, tried again in {Minutes} min: {Problem}", due.Id, AfterFailure.TotalMinutes, problem.GetBaseException().Message);
            }
        }

        return queued;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                try
                {
                    await LookAsync(stoppingToken);
                }
                catch (Exception problem) when (problem is not OperationCanceledException)
                {
                    // A database that does not answer is reported by whoever wants something of it; here it only means later.
                    logger.LogDebug(problem, "What is due could not be read");
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The server ends; what is due meanwhile is begun when it starts again.
        }
    }

    private async Task<bool> BeginAsync(DueSchedule due, DateTimeOffset now, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateSystemScope(due.WorkspaceId);
        var store = scope.ServiceProvider.GetRequiredService<ScheduleStore>();
        if (await store.FindAsync(due.Id, cancellation) is not { NextAt: { } at, IsEnabled: true } schedule || at > now)
            return false;
        if (await scope.ServiceProvider.GetRequiredService<ExperimentStore>().FindAsync(schedule.ExperimentId, cancellation) is not { } experiment)
            return false;
        var seed = experiment.Spec.Seed ?? RandomNumberGenerator.GetInt32(int.MaxValue);
        var refusal = experiment.Spec.Workload.Imported is { } tool ? $"The experiment was imported from {tool}: there is nothing to run." : "";
        var trials = refusal.Length > 0 ? 0 : TrialPlanner.Expand(experiment.Spec, seed).Trials.Count;

        // Where the zone is one that this machine does not know any more there is no next time, until somebody mends it.
        var next = CronText.Read(schedule.Cron, schedule.TimeZone).Text?.Next(now);
        if (await store.FireAsync(schedule, at, next, experiment.Spec, seed, trials, refusal, cancellation) is null)
            return false;
        await scope.ServiceProvider.GetRequiredService<IControlPlane>().WakeAsync();
        return true;
    }
}
