using Brigade.Data;
using Brigade.Data.Queries;
using Brigade.Web.Cluster;

namespace Brigade.Web.Features.Trends;

/// <summary>
/// Looks at what is due, after the commits that made it so: no run waits for it. What is due is in the database, so nothing is forgotten by a restart,
/// and what fails is tried again.
/// </summary>
internal sealed class Examiner(IServiceScopeFactory scopes, ILeader leader, TimeProvider time, ILogger<Examiner> logger) : BackgroundService
{
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan AfterFailure = TimeSpan.FromMinutes(1);

    private const int AtOnce = 50;

    private readonly Dictionary<Guid, DateTimeOffset> _failed = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                if (leader.IsLeader)
                    await LookAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The server ends; what is left is looked at when it starts again.
        }
    }

    private async Task LookAsync(CancellationToken cancellation)
    {
        try
        {
            await using var above = scopes.CreateSystemScope(Guid.Empty);
            foreach (var workspace in await above.ServiceProvider.GetRequiredService<WorkspaceDirectory>().DueForExaminationAsync(cancellation))
                await LookAsync(workspace, cancellation);
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            // A database that does not answer is reported by whoever wants something of it; here it only means later.
            logger.LogDebug(problem, "What is due could not be read");
        }
    }

    private async Task LookAsync(Guid workspaceId, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateSystemScope(workspaceId);
        var due = await scope.ServiceProvider.GetRequiredService<ChangeStore>().DueAsync(AtOnce, cancellation);
        foreach (var examination in due.Where(examination => !(_failed.TryGetValue(examination.RunId, out var until) && until > time.GetUtcNow())))
            await ExamineAsync(scope.ServiceProvider.GetRequiredService<Examination>(), examination, cancellation);
    }

    private async Task ExamineAsync(Examination examination, DueExamination due, CancellationToken cancellation)
    {
        try
        {
            await examination.ExamineAsync(due, cancellation);
            _failed.Remove(due.RunId);
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            _failed[due.RunId] = time.GetUtcNow() + AfterFailure;
            logger.LogWarning(problem, "The trends of run {Run} could not be looked at; tried again in {Minutes} min", due.RunId, AfterFailure.TotalMinutes);
        }
    }
}
