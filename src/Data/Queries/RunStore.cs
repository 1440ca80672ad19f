using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;

namespace Brigade.Data.Queries;

/// <summary>Runs of the current workspace, their trials and series. One context per operation.</summary>
public sealed class RunStore
{
    /// <summary>A new queued run.</summary>
    /// <param name="trialCount">Trials of the plan.</param>
    public Task<RunRow> CreateAsync(ExperimentSpec spec, int seed, int trialCount, Guid? experimentId, CancellationToken cancellation = default) => throw new NotSupportedException();

    public Task<RunDetail?> FindAsync(Guid id, CancellationToken cancellation = default) => throw new NotSupportedException();

    public Task<Page<RunRow>> ListAsync(RunQuery query, CancellationToken cancellation = default) => throw new NotSupportedException();

    /// <summary>Runs that have not ended, oldest first.</summary>
    public Task<IReadOnlyList<RunRow>> ListOpenAsync(CancellationToken cancellation = default) => throw new NotSupportedException();

    /// <summary>Number of runs by status.</summary>
    public Task<IReadOnlyDictionary<RunStatus, int>> CountAsync(CancellationToken cancellation = default) => throw new NotSupportedException();

    /// <summary>Trials that ended, by index, without their histograms.</summary>
    public Task<IReadOnlyList<TrialResult>> TrialsAsync(Guid runId, CancellationToken cancellation = default) => throw new NotSupportedException();

    /// <summary>The latency histogram of one trial, compressed as in <see cref="TrialResult.Histogram"/>; null where there is none.</summary>
    public Task<byte[]?> HistogramAsync(Guid runId, int trial, CancellationToken cancellation = default) => throw new NotSupportedException();

    /// <summary>All stored frames of a run, by trial and number.</summary>
    public Task<IReadOnlyList<Frame>> FramesAsync(Guid runId, CancellationToken cancellation = default) => throw new NotSupportedException();

    /// <summary>Writes changes in one transaction; writing the same trial or segment again replaces it. False where the run does not exist.</summary>
    public Task<bool> CommitAsync(Guid runId, RunChanges changes, CancellationToken cancellation = default) => throw new NotSupportedException();

    /// <summary>Deletes an ended run with all that belongs to it; false where it does not exist or has not ended.</summary>
    public Task<bool> DeleteAsync(Guid id, CancellationToken cancellation = default) => throw new NotSupportedException();
}
