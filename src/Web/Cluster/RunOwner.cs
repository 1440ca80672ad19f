using Brigade.Contracts.Messages;
using Brigade.Contracts.Plan;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;
using Brigade.Data.Queries;

namespace Brigade.Web.Cluster;

/// <summary>What an owner asks of its surroundings.</summary>
internal interface IRunSurroundings
{
    void Updated(RunUpdate update);

    void Ended();

    void CancelOnRunner(string runnerId);
}

/// <summary>
/// A run's state machine: queued, assigned, running, finishing, then completed, failed, cancelled or lost.
/// It decides what is committed when, and tells the feeds of everything at once. Not thread-safe: the grain around it calls one method at a time.
/// </summary>
internal sealed class RunOwner(Guid runId, IRunStorage storage, IRunSurroundings surroundings, ControlPlaneOptions options, TimeProvider time, ILogger logger)
{
    private readonly PendingEvents _pending = new();
    private RunDetail? _run;
    private RunStatus _status;
    private string _reason = "";
    private string _storageProblem = "";
    private DateTimeOffset? _startedAt;
    private DateTimeOffset? _endedAt;
    private long _committed = -1;
    private TrialPlan? _plan;
    private int _trialsEnded;
    private RunEnded? _ending;
    private string? _runnerId;
    private DateTimeOffset? _cancelUntil;
    private DateTimeOffset? _retryAt;

    /// <summary>Whether the run exists.</summary>
    public bool Exists => _run is not null;

    /// <summary>Whether the run exists and has not ended.</summary>
    public bool IsOpen => Exists && !_status.IsTerminal();

    public RunStatus Status => _status;

    private long NextSequence => _committed + 1 + _pending.Count;

    public async Task LoadAsync()
    {
        _run = await storage.FindAsync(runId);
        if (_run is null)
            return;
        (_status, _reason, _startedAt, _endedAt) = (_run.Row.Status, _run.Row.Reason, _run.Row.StartedAt, _run.Row.EndedAt);
        (_committed, _plan, _trialsEnded) = (_run.CommittedSequence, _run.Plan, _run.Row.TrialsEnded);
    }

    /// <summary>Where the run stands, with all that is not in the database yet.</summary>
    public RunUpdate Window() => Update(_committed + 1, _pending.Raw);

    public long Committed() => IsOpen ? _committed : long.MaxValue;

    public async Task<AssignedRun?> AssignAsync(string runnerId, string runnerName)
    {
        if (!Exists || _status != RunStatus.Queued)
            return null;
        if (!await CommitAsync(new RunChanges { Status = RunStatus.Assigned, RunnerName = runnerName }))
            return null;
        _runnerId = runnerId;
        Enter(RunStatus.Assigned);
        return new AssignedRun(SpecWriter.ToJson(_run!.Spec), _run.Seed);
    }

    public async Task AbandonAsync(string reason)
    {
        if (!IsOpen || _status == RunStatus.Queued)
            return;
        _runnerId = null;
        if (_cancelUntil is not null)
        {
            await EndAsync(RunStatus.Cancelled, "Cancelled.");
        }
        else if (NextSequence == 0)
        {
            await CommitAsync(new RunChanges { Status = RunStatus.Queued, RunnerName = "" });
            Enter(RunStatus.Queued);
        }
        else
        {
            await EndAsync(RunStatus.Lost, reason);
        }
    }

    public bool Resume(string runnerId)
    {
        if (!IsOpen)
            return false;
        _runnerId = runnerId;
        return _cancelUntil is null;
    }

    public async Task<bool> CancelAsync()
    {
        if (!IsOpen)
            return Exists;
        if (_status == RunStatus.Queued || (_runnerId is null && NextSequence == 0))
        {
            await EndAsync(RunStatus.Cancelled, "Cancelled before it started.");
            return true;
        }

        _cancelUntil ??= time.GetUtcNow() + options.CancelAfter;
        if (_runnerId is not null)
            surroundings.CancelOnRunner(_runnerId);
        return true;
    }

    public async Task<DeliverReply> DeliverAsync(string runnerId, long first, byte[][] events)
    {
        if (!IsOpen)
            return new DeliverReply(long.MaxValue, "");
        if (_runnerId is not null && !string.Equals(_runnerId, runnerId, StringComparison.Ordinal))
            return new DeliverReply(_committed, "This run belongs to another runner.");
        if (first > NextSequence)
            return new DeliverReply(_committed, $"Events {NextSequence} to {first - 1} are missing: send everything after {_committed} again.");
        if (_pending.Count + events.Length > options.MaximumPending)
            return new DeliverReply(_committed, "Too much waits to be stored: keep the events and send them again later.");

        _runnerId = runnerId;
        var start = NextSequence;
        var fresh = events.Skip((int)Math.Min(start - first, events.Length)).ToArray();
        var failure = Accept(fresh);
        surroundings.Updated(Update(start, fresh));
        if (failure.Length > 0)
            await EndAsync(RunStatus.Failed, failure);
        else
            await FlushAsync(force: false);
        return new DeliverReply(Committed(), "");
    }

    /// <summary>Commits what is due and gives up what took too long.</summary>
    public async Task TickAsync()
    {
        if (!IsOpen)
            return;
        await FlushAsync(force: false);
        if (IsOpen && _cancelUntil <= time.GetUtcNow())
            await EndAsync(RunStatus.Cancelled, "Cancelled; its runner did not confirm that everything has stopped.");
    }

    /// <summary>Commits what has come, if anything has.</summary>
    public async Task FlushAsync(bool force)
    {
        var now = time.GetUtcNow();
        var due = _ending is not null || (_pending.Count > 0 && (force || _pending.HasMilestone || now - _pending.OldestAt >= options.CommitAfter));
        if (!due || (!force && _retryAt > now))
            return;
        if (_ending is not null)
            await EndAsync(_ending.Status, _ending.Reason);
        else
            await CommitPendingAsync(new RunChanges());
    }

    /// <summary>Applies events in order; answers why the run cannot go on, or nothing.</summary>
    private string Accept(byte[][] events)
    {
        foreach (var raw in events)
        {
            if (EventReader.Read(raw, _plan, out var problem) is not { } parsed)
            {
                logger.LogWarning("Event {Sequence} of run {Run} is refused: {Problem}", NextSequence, runId, problem);
                return $"The runner sent something that this server does not understand (event {NextSequence}: {problem}). Use the same version of both.";
            }

            _pending.Add(raw, parsed, time.GetUtcNow());
            Apply(parsed);
        }

        return "";
    }

    private void Apply(RunEvent runEvent)
    {
        switch (runEvent)
        {
            case RunStarted started:
                _startedAt = started.At;
                _plan = started.Plan;
                _status = RunStatus.Running;
                break;
            case TrialEnded:
                _trialsEnded++;
                if (_trialsEnded >= _plan?.Trials.Count)
                    _status = RunStatus.Finishing;
                break;
            case RunEnded ended:
                _ending = ended.Status.IsTerminal() ? ended : ended with { Status = RunStatus.Failed };
                _status = RunStatus.Finishing;
                break;
        }
    }

    private async Task EndAsync(RunStatus status, string reason)
    {
        var endedAt = _ending?.At ?? time.GetUtcNow();
        if (!await CommitPendingAsync(new RunChanges { Status = status, Reason = reason, EndedAt = endedAt }))
        {
            // Kept for the next tick, as if the runner had just said it.
            _ending ??= new RunEnded(endedAt, status, reason);
            return;
        }

        _endedAt = endedAt;
        _reason = reason;
        _cancelUntil = null;
        Enter(status);
        surroundings.Ended();
    }

    private async Task<bool> CommitPendingAsync(RunChanges with)
    {
        var changes = _pending.ToChanges(NextSequence - 1) with
        {
            Status = with.Status ?? _status,
            Reason = with.Reason,
            StartedAt = _startedAt,
            EndedAt = with.EndedAt,
        };
        if (!await CommitAsync(changes))
            return false;
        _committed = NextSequence - 1;
        _pending.Clear();
        return true;
    }

    /// <summary>False where the database refused; the next try comes by itself.</summary>
    private async Task<bool> CommitAsync(RunChanges changes)
    {
        try
        {
            var exists = await storage.CommitAsync(runId, changes);
            if (!exists)
                _run = null;
            _retryAt = null;
            if (_storageProblem.Length > 0)
                Report("");
            return exists;
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            logger.LogError("Run {Run} cannot be stored, its runner keeps what was measured: {Problem}", runId, problem.GetBaseException().Message);
            _retryAt = time.GetUtcNow() + options.RetryAfter;
            Report($"Cannot be stored right now ({problem.GetBaseException().Message}). Nothing is lost: the runner keeps what it measured, and storing is tried again.");
            return false;
        }
    }

    private void Report(string storageProblem)
    {
        if (string.Equals(_storageProblem, storageProblem, StringComparison.Ordinal))
            return;
        _storageProblem = storageProblem;
        surroundings.Updated(Update(NextSequence, []));
    }

    private void Enter(RunStatus status)
    {
        _status = status;
        surroundings.Updated(Update(NextSequence, []));
    }

    private RunUpdate Update(long first, byte[][] events) =>
        new((int)_status, _reason.Length > 0 ? _reason : _storageProblem, _startedAt, _endedAt, first, events);
}
