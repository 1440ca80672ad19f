using Brigade.Contracts.Runs;
using Brigade.Data.Queries;
using Brigade.Web.Cluster;

namespace Brigade.Web.Tests.Support;

/// <summary>A database in memory that can be full.</summary>
internal sealed class FakeRunStorage : IRunStorage
{
    private readonly Dictionary<Guid, RunDetail> _runs = [];

    /// <summary>All commits that were written, in order.</summary>
    public List<RunChanges> Commits { get; } = [];

    public bool IsFull { get; set; }

    public RunDetail this[Guid id] => _runs[id];

    public void Add(RunDetail run) => _runs.Add(run.Row.Id, run);

    public void Remove(Guid id) => _runs.Remove(id);

    public Task<RunDetail?> FindAsync(Guid runId) => Task.FromResult(_runs.GetValueOrDefault(runId));

    public Task<IReadOnlyList<RunRow>> ListOpenAsync() =>
        Task.FromResult<IReadOnlyList<RunRow>>([.. _runs.Values.Select(run => run.Row).Where(row => !row.Status.IsTerminal()).OrderBy(row => row.QueuedAt)]);

    public Task<bool> CommitAsync(Guid runId, RunChanges changes)
    {
        if (IsFull)
            throw new IOException("No space left on device");
        if (!_runs.TryGetValue(runId, out var run))
            return Task.FromResult(false);
        Commits.Add(changes);
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
            CommittedSequence = Math.Max(changes.CommittedSequence ?? -1, run.CommittedSequence),
        };
        return Task.FromResult(true);
    }
}
