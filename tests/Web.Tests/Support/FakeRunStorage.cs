using Brigade.Contracts.Plan;
using Brigade.Contracts.Runs;
using Brigade.Data.Errors;
using Brigade.Data.Queries;
using Brigade.Web.Cluster;

namespace Brigade.Web.Tests.Support;

/// <summary>A database in memory that can be full, and keeps the rules of the real one.</summary>
internal sealed class FakeRunStorage : IRunStorage
{
    private readonly Dictionary<Guid, RunDetail> _runs = [];

    /// <summary>All commits that were written, in order.</summary>
    public List<RunChanges> Commits { get; } = [];

    public bool IsFull { get; set; }

    /// <summary>What every commit throws; null for none.</summary>
    public Exception? Fault { get; set; }

    /// <summary>Whether commits are written and then fail, as by a connection that is cut before the answer.</summary>
    public bool LosesAnswers { get; set; }

    public RunDetail this[Guid id] => _runs[id];

    public void Add(RunDetail run) => _runs.Add(run.Row.Id, run);

    public void Remove(Guid id) => _runs.Remove(id);

    public Task<RunDetail?> FindAsync(Guid runId) => Task.FromResult(_runs.GetValueOrDefault(runId));

    public Task<IReadOnlyList<RunRow>> ListOpenAsync() =>
        Task.FromResult<IReadOnlyList<RunRow>>([.. _runs.Values.Select(run => run.Row).Where(row => !row.Status.IsTerminal()).OrderBy(row => row.QueuedAt)]);

    public Task<bool> CommitAsync(Guid runId, RunChanges changes)
    {
        if (IsFull)
            throw new StorageFullException("No space left on device");
        if (Fault is not null)
            throw Fault;
        if (!_runs.TryGetValue(runId, out var run))
            return Task.FromResult(false);
        Check(changes, changes.Plan ?? run.Plan);
        Commits.Add(changes);
        if (run.Row.Status.IsTerminal())
            changes = changes with { Status = null, Reason = null, EndedAt = null };
        _runs[runId] = run with
        {
            Row = run.Row with
            {
                Status = changes.Status ?? run.Row.Status,
                Reason = changes.Reason ?? run.Row.Reason,
                RunnerName = changes.RunnerName ?? run.Row.RunnerName,
                StartedAt = changes.StartedAt ?? run.Row.StartedAt,
                EndedAt = changes.EndedAt ?? run.Row.EndedAt,
                TrialsEnded = run.Row.TrialsEnded + changes.Trials.Count,
            },
            Machine = changes.Machine ?? run.Machine,
            Plan = changes.Plan ?? run.Plan,
            CancelledAt = run.CancelledAt ?? changes.CancelledAt,
            CommittedSequence = Math.Max(changes.CommittedSequence ?? -1, run.CommittedSequence),
        };
        return LosesAnswers ? throw new DatabaseUnavailableException("The connection was cut") : Task.FromResult(true);
    }

    private static void Check(RunChanges changes, TrialPlan? plan)
    {
        if (changes.Trials.Any(trial => plan is null || trial.Cell < 0 || trial.Cell >= plan.Cells.Count))
            throw new ArgumentException("A trial is not of the plan.", nameof(changes));
        if (changes.Segments.Any(segment => segment.Frames.Any(frame => frame.Trial != segment.Trial)))
            throw new ArgumentException("A segment has frames of another trial.", nameof(changes));
    }
}
