using Brigade.Contracts.Messages;
using Brigade.Contracts.Plan;
using Brigade.Contracts.Runs;
using Brigade.Data.Queries;

namespace Brigade.Web.Live;

/// <summary>
/// A run as it looks now, folded from what is stored and from events. Folding the same thing twice changes nothing, so stored and live parts may overlap.
/// Not thread-safe.
/// </summary>
internal sealed class RunPicture(Guid runId, TimeProvider time)
{
    private readonly FrameSeries _frames = new();
    private readonly Dictionary<int, int> _nextFrame = [];
    private readonly Dictionary<int, TrialResult> _results = [];
    private readonly Dictionary<int, double> _startups = [];
    private RunStatus _status;
    private string _reason = "";
    private TrialPlan? _plan;
    private Machine? _machine;
    private int? _currentTrial;
    private DateTimeOffset? _startedAt;
    private DateTimeOffset? _endedAt;
    private RunSnapshot? _snapshot;

    /// <summary>Grows with every change of the structure; frames do not count.</summary>
    public long Version { get; private set; }

    /// <summary>Sequence number of the next event that was not folded yet.</summary>
    public long NextSequence { get; private set; }

    public RunStatus Status => _status;

    /// <summary>The frames, without their histograms.</summary>
    public FrameSeries Frames => _frames;

    public RunSnapshot Snapshot => _snapshot ??= Build();

    /// <summary>What is stored of a run itself, after its trials and frames: only then nothing is left to come from there.</summary>
    public void Fold(RunDetail stored)
    {
        _plan ??= stored.Plan;
        _machine ??= stored.Machine;
        NextSequence = Math.Max(NextSequence, stored.CommittedSequence + 1);
        Fold(stored.Row.Status, stored.Row.Reason, stored.Row.StartedAt, stored.Row.EndedAt);
    }

    /// <summary>Stored trials that ended, before their frames.</summary>
    public void Fold(IReadOnlyList<TrialResult> trials)
    {
        foreach (var trial in trials)
            Fold(trial);
    }

    /// <summary>Stored frames of one trial, in order.</summary>
    public void Fold(IReadOnlyList<Frame> frames)
    {
        foreach (var frame in frames)
            Fold(frame);
    }

    public void Fold(RunStatus status, string reason, DateTimeOffset? startedAt, DateTimeOffset? endedAt)
    {
        var next = (status, reason, startedAt ?? _startedAt, endedAt);
        if (_status.IsTerminal() || (Version > 0 && next == (_status, _reason, _startedAt, _endedAt)))
            return;
        (_status, _reason, _startedAt, _endedAt) = next;
        if (status.IsTerminal())
            _currentTrial = null;
        Changed();
    }

    public void Fold(long sequence, RunEvent runEvent)
    {
        NextSequence = Math.Max(NextSequence, sequence + 1);
        switch (runEvent)
        {
            case RunStarted started:
                (_plan, _machine, _startedAt) = (started.Plan, started.Machine, started.At);
                Changed();
                break;
            case TrialStarted started when !_results.ContainsKey(started.Trial):
                _currentTrial = started.Trial;
                Changed();
                break;
            case TrialMeasuring measuring:
                _startups[measuring.Trial] = measuring.StartupMs;
                Changed();
                break;
            case FrameRecorded recorded:
                Fold(recorded.Frame);
                break;
            case TrialEnded ended:
                Fold(ended.Result);
                break;
        }
    }

    private void Fold(TrialResult result)
    {
        if (!_results.TryAdd(result.Index, result with { Histogram = [], UncorrectedHistogram = [] }))
            return;
        _frames.End(result.Index);
        if (_currentTrial == result.Index)
            _currentTrial = null;
        Changed();
    }

    // Frames of a trial come in order, so one number per trial says which are known.
    private void Fold(Frame frame)
    {
        if (frame.Number < _nextFrame.GetValueOrDefault(frame.Trial))
            return;
        _nextFrame[frame.Trial] = frame.Number + 1;
        _frames.Add(frame with { Histogram = [] });
        if (!_results.ContainsKey(frame.Trial) && _currentTrial != frame.Trial && !_status.IsTerminal())
        {
            _currentTrial = frame.Trial;
            Changed();
        }
    }

    private void Changed()
    {
        Version++;
        _snapshot = null;
    }

    private RunSnapshot Build() => new(
        runId, _status, _reason, _plan, _machine,
        _plan is null ? [] : [.. _plan.Trials.Select(Trial)],
        _currentTrial, _startedAt, _endedAt, Remaining());

    private TrialSnapshot Trial(PlannedTrial planned)
    {
        var result = _results.GetValueOrDefault(planned.Index);
        var status = result?.Status ?? (_currentTrial == planned.Index ? TrialStatus.Running : TrialStatus.Pending);
        return new TrialSnapshot(planned.Index, status, result?.StartupMs ?? (_startups.TryGetValue(planned.Index, out var startup) ? startup : null), result);
    }

    /// <summary>The mean time per executed trial, pauses and start-up included, times the trials that are left.</summary>
    private TimeSpan? Remaining()
    {
        var executed = _results.Values.Count(result => result.Status != TrialStatus.Skipped);
        if (_plan is null || _startedAt is null || executed == 0 || _status.IsTerminal())
            return null;
        var elapsed = time.GetUtcNow() - _startedAt.Value;
        return elapsed < TimeSpan.Zero ? null : elapsed / executed * Math.Max(_plan.Trials.Count - _results.Count, 0);
    }
}
