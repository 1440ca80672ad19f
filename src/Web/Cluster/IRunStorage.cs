using System.Diagnostics;
using Brigade.Contracts.Runs;
using Brigade.Data;
using Brigade.Data.Queries;
using Brigade.Web.Operations;

namespace Brigade.Web.Cluster;

/// <summary>The part of the store that the control plane uses. The database is the truth: whatever starts again continues from here.</summary>
internal interface IRunStorage
{
    Task<RunDetail?> FindAsync(Guid runId);

    /// <summary>Runs of all workspaces that have not ended, oldest first.</summary>
    Task<IReadOnlyList<RunRow>> ListOpenAsync();

    /// <summary>Writes in one transaction; false where the run does not exist.</summary>
    Task<bool> CommitAsync(Guid runId, RunChanges changes);
}

/// <summary>The real store, a scope per operation, each in the workspace of its run. One for each grain: not thread-safe.</summary>
internal sealed class RunStorage(IServiceScopeFactory scopes, Telemetry telemetry) : IRunStorage
{
    // A run never moves to another workspace, and a run's owner asks for one run only.
    private (Guid Run, Guid Workspace) _last;

    public async Task<RunDetail?> FindAsync(Guid runId)
    {
        await using var scope = await ScopeAsync(runId);
        return await scope.ServiceProvider.GetRequiredService<RunStore>().FindAsync(runId);
    }

    public async Task<IReadOnlyList<RunRow>> ListOpenAsync()
    {
        await using var scope = scopes.CreateSystemScope(Guid.Empty);
        var open = await scope.ServiceProvider.GetRequiredService<WorkspaceDirectory>().OpenRunsAsync();
        var queued = open.Count(run => run.Status == RunStatus.Queued);
        telemetry.SawQueue(queued, open.Count - queued);
        return open;
    }

    public async Task<bool> CommitAsync(Guid runId, RunChanges changes)
    {
        await using var scope = await ScopeAsync(runId);
        using var span = Telemetry.StartCommit(runId);
        var started = Stopwatch.GetTimestamp();
        var outcome = "failed";
        try
        {
            var exists = _last.Workspace != Guid.Empty && await scope.ServiceProvider.GetRequiredService<RunStore>().CommitAsync(runId, changes);
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

    private async Task<AsyncServiceScope> ScopeAsync(Guid runId)
    {
        if (_last.Run != runId || _last.Workspace == Guid.Empty)
            _last = (runId, await scopes.WorkspaceOfAsync(runId));
        return scopes.CreateSystemScope(_last.Workspace);
    }
}
