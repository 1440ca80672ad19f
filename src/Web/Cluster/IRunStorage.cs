using System.Diagnostics;
using Brigade.Contracts.Runs;
using Brigade.Data.Queries;
using Brigade.Web.Operations;

namespace Brigade.Web.Cluster;

/// <summary>The part of the store that the control plane uses. The database is the truth: whatever starts again continues from here.</summary>
internal interface IRunStorage
{
    Task<RunDetail?> FindAsync(Guid runId);

    /// <summary>Runs that have not ended, oldest first.</summary>
    Task<IReadOnlyList<RunRow>> ListOpenAsync();

    /// <summary>Writes in one transaction; false where the run does not exist.</summary>
    Task<bool> CommitAsync(Guid runId, RunChanges changes);
}

/// <summary>The real store, a scope per operation.</summary>
internal sealed class RunStorage(IServiceScopeFactory scopes, Telemetry telemetry) : IRunStorage
{
    public async Task<RunDetail?> FindAsync(Guid runId)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<RunStore>().FindAsync(runId);
    }

    public async Task<IReadOnlyList<RunRow>> ListOpenAsync()
    {
        await using var scope = scopes.CreateAsyncScope();
        var open = await scope.ServiceProvider.GetRequiredService<RunStore>().ListOpenAsync();
        var queued = open.Count(run => run.Status == RunStatus.Queued);
        telemetry.SawQueue(queued, open.Count - queued);
        return open;
    }

    public async Task<bool> CommitAsync(Guid runId, RunChanges changes)
    {
        await using var scope = scopes.CreateAsyncScope();
        using var span = Telemetry.StartCommit(runId);
        var started = Stopwatch.GetTimestamp();
        var outcome = "failed";
        try
        {
            var exists = await scope.ServiceProvider.GetRequiredService<RunStore>().CommitAsync(runId, changes);
            outcome = exists ? "stored" : "missing";
            if (exists && changes.Status is { } status && status.IsTerminal())
                telemetry.RunEnded(status);
            return exists;
        }
        finally
        {
            telemetry.Committed(Stopwatch.GetElapsedTime(started), outcome);
        }
    }
}
