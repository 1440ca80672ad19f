using Brigade.Contracts.Messages;
using Brigade.Contracts.Runs;
using Brigade.Data.Queries;

namespace Brigade.Web.Cluster;

/// <summary>Events of a run that were taken and are not committed yet.</summary>
internal sealed class PendingEvents
{
    /// <summary>60 s of frames.</summary>
    private const int FramesPerSegment = 60_000 / Frame.LengthMs;

    private readonly List<(byte[] Raw, RunEvent Event)> _events = [];

    public int Count => _events.Count;

    /// <summary>Their size as they came.</summary>
    public long Bytes { get; private set; }

    /// <summary>When the oldest of them came; null where there is none.</summary>
    public DateTimeOffset? OldestAt { get; private set; }

    /// <summary>Whether something is among them that is committed at once: a start, a trial's end or the run's end.</summary>
    public bool HasMilestone { get; private set; }

    public byte[][] Raw => _events.ConvertAll(pending => pending.Raw).ToArray();

    public void Add(byte[] raw, RunEvent runEvent, DateTimeOffset now)
    {
        _events.Add((raw, runEvent));
        Bytes += raw.Length;
        OldestAt ??= now;
        HasMilestone |= runEvent is RunStarted or TrialEnded or RunEnded;
    }

    public void Clear()
    {
        _events.Clear();
        Bytes = 0;
        OldestAt = null;
        HasMilestone = false;
    }

    /// <summary>All of them as one commit.</summary>
    public RunChanges ToChanges(long committedSequence) => new()
    {
        CommittedSequence = committedSequence,
        Machine = Last<RunStarted>()?.Machine,
        Plan = Last<RunStarted>()?.Plan,
        Trials = [.. _events.Select(pending => pending.Event).OfType<TrialEnded>().Select(ended => ended.Result)],
        Segments = Segments(),
    };

    private T? Last<T>()
        where T : RunEvent => _events.Select(pending => pending.Event).OfType<T>().LastOrDefault();

    private List<FrameSegment> Segments()
    {
        var segments = new List<FrameSegment>();
        foreach (var trial in _events.Select(pending => pending.Event).OfType<FrameRecorded>().GroupBy(recorded => recorded.Frame.Trial))
        {
            var open = new List<Frame>();
            foreach (var frame in trial.Select(recorded => recorded.Frame))
            {
                if (open.Count == FramesPerSegment || (open.Count > 0 && frame.Number != open[^1].Number + 1))
                {
                    segments.Add(new FrameSegment(trial.Key, open));
                    open = [];
                }

                open.Add(frame);
            }

            segments.Add(new FrameSegment(trial.Key, open));
        }

        return segments;
    }
}
