using Brigade.Contracts.Messages;
using Brigade.Contracts.Plan;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;
using Brigade.Data.Queries;

namespace Brigade.Web.Cluster;

/// <summary>
/// A run's state machine: queued, assigned, running, finishing, then completed, failed, cancelled or lost.
/// It decides what is committed when, and tells the feeds of everything at once. What a runner measured is taken also when it comes after the end:
/// only the status is final then. Not thread-safe: the grain around it calls one method at a time.
/// </summary>
internal sealed class RunOwner(Guid runId, IRunStorage storage, IRunSurroundings surroundings, ControlPlaneOptions options, TimeProvider time, ILogger logger)
{
    private readonly RunWriter _writer = new(runId, storage, options, time, logger);
    private RunDetail? _run;
    private RunStatus _status;
    private string _reason = "";
    private DateTimeOffset? _startedAt;
    private DateTimeOffset? _endedAt;
    private TrialPlan? _plan;
    private int _trialsEnded;
    private RunEnded? _ending; // how it ends as soon as that can be stored
    private bool _runnerHasEnded;
    private bool _isComplete; // nothing more is taken
    private bool _isStale;
    private string? _runnerId;
    private string _runnerName = "";
    private DateTimeOffset? _cancelUntil;

    /// <summary>Whether the run exists.</summary>
    public bool Exists => _run is not null;

    /// <summary>Whether the run exists and has not ended.</summary>
    public bool IsOpen => Exists && !_status.IsTerminal();

    public RunStatus Status => _status;

    public async Task LoadAsync()
    {
        _run = await storage.FindAsync(runId);
        _isStale = false;
        if (_run is null)
            return;
        (_status, _reason, _startedAt, _endedAt, _runnerName) = (_run.Row.Status, _run.Row.Reason, _run.Row.StartedAt, _run.Row.EndedAt, _run.Row.RunnerName);
        (_writer.Committed, _plan, _trialsEnded) = (_run.CommittedSequence, _run.Plan, _run.Row.TrialsEnded);

        // Cancelled and lost are what this server may have decided alone: the runner can have more.
        _isComplete = _status is RunStatus.Completed or RunStatus.Failed;
        if (_status == RunStatus.Queued)
            _runnerId = null;

        // Cancelled before this server was started: its runner is told when it comes, and has as long for its answer as it had then.
        if (IsOpen && _run.CancelledAt is not null)
            _cancelUntil ??= time.GetUtcNow() + options.CancelAfter;
    }

    /// <summary>Where the run stands, with all that is not in the database yet.</summary>
    public RunUpdate Window() => Update(_writer.Committed + 1, _writer.Pending.Raw);

    /// <summary>Up to where the events of <paramref name="runnerId"/> are stored; <see cref="long.MaxValue"/> where no more of them is taken.</summary>
    public long Committed(string runnerId) => Exists && !_isComplete && !IsOfOther(runnerId) ? _writer.Committed : long.MaxValue;

    public async Task<AssignedRun?> AssignAsync(string runnerId, string runnerName)
    {
        await RefreshAsync();
        return _run is { } run && await TakeAsync(runnerId, runnerName) ? new AssignedRun(SpecWriter.ToJson(run.Spec), run.Seed) : null;
    }

    /// <summary>False where that cannot be stored at the moment.</summary>
    public async Task<bool> AbandonAsync(string reason)
    {
        await RefreshAsync();
        if (!IsOpen || _status == RunStatus.Queued)
            return true;
        if (_ending is null && _cancelUntil is null && _writer.NextSequence == 0)
            return await RequeueAsync();
        _ending ??= _cancelUntil is not null ? new RunEnded(time.GetUtcNow(), RunStatus.Cancelled, "Cancelled.") : new RunEnded(time.GetUtcNow(), RunStatus.Lost, reason);
        await FlushAsync(force: false);
        return !IsOpen;
    }

    /// <summary>A run that waits in the queue goes back to the runner that says it has it: it may have measured already.</summary>
    public async Task<Resumption> ResumeAsync(string runnerId, string runnerName)
    {
        await RefreshAsync();
        if (!IsOpen)
            return Resumption.Refused;
        if (_status == RunStatus.Queued)
            return await TakeAsync(runnerId, runnerName) ? Resumption.Continue : _ending is null ? Resumption.Unknown : Resumption.Refused;

        // After a restart of the server only the name is known.
        if (_runnerId is null ? !string.Equals(_runnerName, runnerName, StringComparison.Ordinal) : IsOfOther(runnerId))
            return Resumption.Refused;
        _runnerId = runnerId;
        return _cancelUntil is null && _ending is null ? Resumption.Continue : Resumption.Stop;
    }

    public async Task<bool> CancelAsync()
    {
        await RefreshAsync();
        if (!IsOpen)
            return Exists;
        if (_status == RunStatus.Queued || (_runnerId is null && _writer.NextSequence == 0))
        {
            _ending ??= new RunEnded(time.GetUtcNow(), RunStatus.Cancelled, "Cancelled before it started.");
            await FlushAsync(force: true);
            return true;
        }

        var now = time.GetUtcNow();
        _cancelUntil ??= now + options.CancelAfter;
        if (_runnerId is not null)
            surroundings.CancelOnRunner(_runnerId);

        // Whoever waits for its end must not see it go on after a restart. Where it cannot be stored now, it holds as long as this server runs.
        if (!_writer.MustWait)
        {
            var before = _writer.Problem;
            Note(await _writer.StoreAsync(new RunChanges { CancelledAt = now }), before);
        }

        return true;
    }

    public async Task<DeliverReply> DeliverAsync(string runnerId, long first, byte[][] events)
    {
        await RefreshAsync();
        if (!Exists || _isComplete)
            return new DeliverReply(long.MaxValue, "");
        if (Refusal(runnerId, first, events) is { Length: > 0 } refusal)
            return new DeliverReply(Committed(runnerId), refusal);

        _runnerId = runnerId;
        var start = _writer.NextSequence;
        var fresh = events.Skip((int)Math.Min(start - first, events.Length)).ToArray();
        var failure = Accept(fresh);
        surroundings.Updated(Update(start, fresh));
        if (failure.Length > 0)
            _ending ??= new RunEnded(time.GetUtcNow(), RunStatus.Failed, failure);
        await FlushAsync(force: false);
        if (Exists && !IsOpen && !_isComplete)
        {
            // Nobody is to measure what no longer counts, nor to keep what cannot be read.
            _isComplete = failure.Length > 0 && _writer.Pending.Count == 0;
            if (!_runnerHasEnded)
                surroundings.CancelOnRunner(runnerId);
        }

        return new DeliverReply(Committed(runnerId), "");
    }

    /// <summary>Commits what is due and gives up what took too long.</summary>
    public async Task TickAsync()
    {
        if (!IsOpen)
            return;
        if (_cancelUntil <= time.GetUtcNow())
            _ending ??= new RunEnded(time.GetUtcNow(), RunStatus.Cancelled, "Cancelled; its runner did not confirm that everything has stopped.");
        await FlushAsync(force: false);
    }

    /// <summary>Commits what has come, if anything has.</summary>
    public async Task FlushAsync(bool force)
    {
        var pending = _writer.Pending;
        var isEnding = IsOpen && _ending is not null;
        var isDue = pending.Count > 0 && (force || !IsOpen || pending.HasMilestone || time.GetUtcNow() - pending.OldestAt >= options.CommitAfter);
        if (!Exists || !(isEnding || isDue) || (!force && _writer.MustWait))
            return;
        if (isEnding)
            await EndAsync(_ending!);
        else if (await CommitAsync(new RunChanges { Status = _status }) && _runnerHasEnded)
            _isComplete = true;
    }

    private bool IsOfOther(string runnerId) => _runnerId is not null && !string.Equals(_runnerId, runnerId, StringComparison.Ordinal);

    private string Refusal(string runnerId, long first, byte[][] events) =>
        IsOfOther(runnerId) ? "This run belongs to another runner."
        : _status == RunStatus.Queued ? "This run waits in the queue: register again to go on with it."
        : first > _writer.NextSequence ? $"Events {_writer.NextSequence} to {first - 1} are missing: send everything after {_writer.Committed} again."
        : IsTooMuch(events) ? "Too much waits to be stored: keep the events and send them again later."
        : "";

    private bool IsTooMuch(byte[][] events) =>
        _writer.Pending.Count + events.Length > options.MaximumPending
        || (_writer.Pending.Count > 0 && _writer.Pending.Bytes + events.Sum(raw => (long)raw.Length) > options.MaximumPendingBytes);

    /// <summary>Applies events in order; answers why the run cannot go on, or nothing.</summary>
    private string Accept(byte[][] events)
    {
        foreach (var raw in events)
        {
            if (EventReader.Read(raw, _plan, out var problem) is not { } parsed)
            {
                logger.LogWarning("Event {Sequence} of run {Run} is refused: {Problem}", _writer.NextSequence, runId, problem);
                return $"The runner sent something that this server does not understand (event {_writer.NextSequence}: {problem}). Use the same version of both.";
            }

            _writer.Pending.Add(raw, parsed, time.GetUtcNow());
            Apply(parsed);
        }

        return "";
    }

    private void Apply(RunEvent runEvent)
    {
        switch (runEvent)
        {
            case RunStarted started:
                (_startedAt, _plan) = (started.At, started.Plan);
                Advance(RunStatus.Running);
                break;
            case TrialEnded:
                _trialsEnded++;
                if (_trialsEnded >= _plan?.Trials.Count)
                    Advance(RunStatus.Finishing);
                break;
            case RunEnded ended when !_runnerHasEnded:
                // The runner knows better than what was guessed while it was away.
                _runnerHasEnded = true;
                if (IsOpen)
                    _ending = ended.Status.IsTerminal() ? ended : ended with { Status = RunStatus.Failed };
                Advance(RunStatus.Finishing);
                break;
        }
    }

    private void Advance(RunStatus status) => _status = IsOpen ? status : _status;

    private async Task<bool> TakeAsync(string runnerId, string runnerName)
    {
        if (_status != RunStatus.Queued || _ending is not null || _writer.MustWait)
            return false;
        if (!await StoreAsync(new RunChanges { Status = RunStatus.Assigned, RunnerName = runnerName }))
            return false;
        (_runnerId, _runnerName) = (runnerId, runnerName);
        Enter(RunStatus.Assigned);
        return true;
    }

    private async Task<bool> RequeueAsync()
    {
        if (_writer.MustWait || !await StoreAsync(new RunChanges { Status = RunStatus.Queued, RunnerName = "" }))
            return false;
        (_runnerId, _runnerName) = (null, "");
        Enter(RunStatus.Queued);
        return true;
    }

    private async Task EndAsync(RunEnded ending)
    {
        if (!await CommitAsync(new RunChanges { Status = ending.Status, Reason = ending.Reason, EndedAt = ending.At }))
            return;
        (_endedAt, _reason, _cancelUntil) = (ending.At, ending.Reason, null);
        _isComplete = _runnerHasEnded || ending.Status == RunStatus.Failed;
        Enter(ending.Status);
        surroundings.Ended();
    }

    /// <summary>Commits what is pending; where that is impossible for ever, the run fails without it.</summary>
    private async Task<bool> CommitAsync(RunChanges changes)
    {
        var before = _writer.Problem;
        var outcome = await _writer.StorePendingAsync(changes with { StartedAt = _startedAt, KnownPlan = _plan });
        Note(outcome, before);
        if (outcome != StoreOutcome.Never)
            return outcome == StoreOutcome.Stored;

        _writer.Pending.Clear();
        _isComplete = true;
        _ending = new RunEnded(time.GetUtcNow(), RunStatus.Failed, _writer.Problem);
        return false;
    }

    /// <summary>Stores a step that has no events. Whether one that failed was stored is not known.</summary>
    private async Task<bool> StoreAsync(RunChanges changes)
    {
        var before = _writer.Problem;
        var outcome = await _writer.StoreAsync(changes);
        _isStale = outcome is StoreOutcome.Later or StoreOutcome.Never;
        Note(outcome, before);
        return outcome == StoreOutcome.Stored;
    }

    private void Note(StoreOutcome outcome, string problemBefore)
    {
        if (outcome == StoreOutcome.Missing)
            _run = null;
        if (!string.Equals(_writer.Problem, problemBefore, StringComparison.Ordinal))
            surroundings.Updated(Update(_writer.NextSequence, []));
    }

    private Task RefreshAsync() => _isStale ? LoadAsync() : Task.CompletedTask;

    private void Enter(RunStatus status)
    {
        _status = status;
        surroundings.Updated(Update(_writer.NextSequence, []));
    }

    private RunUpdate Update(long first, byte[][] events) =>
        new((int)_status, _reason.Length > 0 ? _reason : _writer.Problem, _startedAt, _endedAt, first, events);
}
