using Brigade.Contracts.Runs;
using Brigade.Runner.Protocol;

namespace Brigade.Runner.Recording;

/// <summary>A frame that is still open. Times are monotonic nanoseconds.</summary>
internal sealed class FrameSlot(int number, long from, long to, int workers)
{
    private readonly SpanSample[] _spans = SpanSample.ForWorkers(workers);
    private RecordedHistogram? _histogram;

    public int Number => number;

    public long From => from;

    public long To => to;

    public long Tasks { get; set; }

    public long Errors { get; set; }

    /// <summary>Null until the first task ends in the frame: an idle frame costs no memory.</summary>
    public RecordedHistogram? Histogram => _histogram;

    public WorkerSlot[] Workers { get; } = new WorkerSlot[workers];

    /// <summary>What the processes used within the frame; null until a sample at or after its end was taken.</summary>
    public FrameUsage? Usage { get; set; }

    public void Record(long latency, FrameHistograms pool) => (_histogram ??= pool.Take()).RecordValue(latency);

    /// <summary>Takes a task that ended here among those that are shown one by one, if its turn has come.</summary>
    public void Show(in TaskRecord record)
    {
        if (record.Worker < _spans.Length)
        {
            _spans[record.Worker].Add(in record);
        }
    }

    /// <summary>The tasks that are shown one by one; null where none ended.</summary>
    public TaskSpans? Spans() => Tasks == 0 ? null : SpanSample.Spans(_spans, from);

    /// <summary>Adds the part of a task that lies within the frame.</summary>
    public void AddBusy(int worker, long start, long end)
    {
        ref var slot = ref Workers[worker];
        slot.BusyNs += Math.Max(0, Math.Min(end, to) - Math.Max(start, from));
        slot.InTaskAtEnd |= start < to && end >= to;
    }
}

internal struct WorkerSlot
{
    public long Tasks;
    public long BusyNs;
    public bool InTaskAtEnd;
}
