using Brigade.Data.Errors;
using Brigade.Data.Queries;

namespace Brigade.Web.Cluster;

internal enum StoreOutcome
{
    Stored,

    /// <summary>Not now; the same can be stored later.</summary>
    Later,

    /// <summary>Not ever, for <see cref="RunWriter.Problem"/>.</summary>
    Never,

    /// <summary>The run was deleted.</summary>
    Missing,
}

/// <summary>What a run's owner has taken and not stored yet, and how storing it goes. Not thread-safe.</summary>
internal sealed class RunWriter(Guid runId, IRunStorage storage, ControlPlaneOptions options, TimeProvider time, ILogger logger)
{
    // What is no known trouble of the storage may pass by itself, such as a deadlock; what comes again is a fault of what is stored.
    private const int MostFaults = 3;

    private DateTimeOffset? _retryAt;
    private int _faults;

    public PendingEvents Pending { get; } = new();

    /// <summary>Sequence number up to which everything is in the database; -1 for nothing.</summary>
    public long Committed { get; set; } = -1;

    public long NextSequence => Committed + 1 + Pending.Count;

    /// <summary>Why nothing can be stored at the moment, in one line; empty where it can.</summary>
    public string Problem { get; private set; } = "";

    /// <summary>Whether the last try failed a moment ago.</summary>
    public bool MustWait => _retryAt > time.GetUtcNow();

    /// <summary>Stores the pending events and <paramref name="with"/> in one transaction.</summary>
    public async Task<StoreOutcome> StorePendingAsync(RunChanges with)
    {
        var outcome = await StoreAsync(Pending.ToChanges(NextSequence - 1) with
        {
            Status = with.Status,
            Reason = with.Reason,
            StartedAt = with.StartedAt,
            EndedAt = with.EndedAt,
            KnownPlan = with.KnownPlan,
        });
        if (outcome == StoreOutcome.Stored)
        {
            Committed = NextSequence - 1;
            Pending.Clear();
        }

        return outcome;
    }

    public async Task<StoreOutcome> StoreAsync(RunChanges changes)
    {
        try
        {
            var exists = await storage.CommitAsync(runId, changes);
            (_retryAt, _faults, Problem) = (null, 0, "");
            return exists ? StoreOutcome.Stored : StoreOutcome.Missing;
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            return Failed(problem);
        }
    }

    private StoreOutcome Failed(Exception problem)
    {
        var message = problem.GetBaseException().Message.ReplaceLineEndings(" ");
        if (problem is not StorageFullException and not DatabaseUnavailableException && ++_faults >= MostFaults)
        {
            (_retryAt, _faults) = (null, 0);
            logger.LogError(problem, "Run {Run} cannot be stored at all", runId);
            Problem = $"What the runner sent cannot be stored ({message}). What was stored before is kept.";
            return StoreOutcome.Never;
        }

        _retryAt = time.GetUtcNow() + options.RetryAfter;
        logger.LogError("Run {Run} cannot be stored, its runner keeps what was measured: {Problem}", runId, message);
        Problem = $"Cannot be stored right now ({message}). Nothing is lost: the runner keeps what it measured, and storing is tried again.";
        return StoreOutcome.Later;
    }
}
