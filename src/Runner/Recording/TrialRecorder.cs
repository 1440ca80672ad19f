using System.Runtime.CompilerServices;
using Brigade.Contracts.Runs;
using Brigade.Runner.Protocol;

namespace Brigade.Runner.Recording;

/// <summary>
/// Folds the task records of one trial into histograms and cuts frames of 100 ms on the monotonic clock.
/// A task belongs to the frame in which it ended. Records are on their way for up to 50 ms and more on a loaded machine, so a frame is
/// closed one frame length after its end; a record that comes later still counts, in the oldest frame that is open.
/// Safe to use from the thread that reads records and the one that keeps time.
/// </summary>
/// <param name="sharesOneThread">Whether all workers are coroutines of one thread.</param>
/// <param name="watch">Sees each frame; null where nothing is watched.</param>
internal sealed class TrialRecorder(int trial, int workers, LoadBounds load, bool sharesOneThread = false, AbortWatch? watch = null)
{
    public const long FrameNs = Frame.LengthMs * 1_000_000L;

    /// <summary>Clocks of one machine agree; this allows for a host that rounds.</summary>
    private const long ClockToleranceNs = 5_000_000;

    private readonly Lock _lock = new();
    private readonly FrameHistograms _pool = new();
    private readonly List<FrameSlot> _slots = [];
    private readonly LatencyTotals _total = new(load.Arrivals is null ? "service" : "response");
    private readonly OpenLoadTotals? _open = load.Arrivals is null ? null : new OpenLoadTotals();
    private readonly long[] _knownUntil = new long[workers];
    private readonly Drift? _drift = load.Arrivals is null ? new Drift() : null;
    private readonly WorkerTimes _times = new(workers);
    private readonly FrameCloser _closer = new(trial, sharesOneThread);
    private ProcessSample _first = null!;
    private ProcessSample _last = null!;
    private long _begin;
    private int _nextNumber;
    private int _sampledFrames;
    private bool _ended;
    private bool _isScheduleOver;
    private long _tasks;
    private long _errors;
    private long _lost;
    private long _firstStart = long.MaxValue;
    private long _lastEnd;
    private long _peakMemory;

    public bool HasBegun { get; private set; }

    /// <summary>Tasks of which a record came.</summary>
    public long Tasks => Interlocked.Read(ref _tasks);

    /// <summary>Nanoseconds until the end of the present frame; a frame's length while nothing is measured.</summary>
    public long UntilFrameEnd(long now) => HasBegun ? FrameNs - (Math.Max(0, now - _begin) % FrameNs) + 1_000_000 : FrameNs;

    /// <summary>The first measured task starts.</summary>
    /// <param name="at">Monotonic nanoseconds.</param>
    public void Begin(long at, ProcessSample sample)
    {
        lock (_lock)
        {
            _begin = at;
            _first = _last = sample;
            _peakMemory = sample.MemoryBytes;
            Array.Fill(_knownUntil, at);
            HasBegun = true;
        }
    }

    /// <summary>Takes in task records. A good part of what a task that does nothing costs: compiled ahead of time, as the rest of the runner is, it would call what can be inlined.</summary>
    /// <param name="now">Monotonic nanoseconds; no task can have ended later.</param>
    /// <exception cref="ProtocolException">A record makes no sense; those before it are counted.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Fold(ReadOnlySpan<TaskRecord> records, long now)
    {
        lock (_lock)
        {
            if (_ended)
            {
                return;
            }

            foreach (ref readonly var record in records)
            {
                Check(in record, now);
                Fold(in record);
            }
        }
    }

    /// <summary>A worker was lost with so many measured tasks. It is in none of them any more, and its replacement has none yet.</summary>
    /// <param name="at">When the replacement could work, in monotonic nanoseconds.</param>
    /// <exception cref="ProtocolException">More tasks came and were lost than the load has.</exception>
    public void Lose(int worker, long tasks, long at)
    {
        lock (_lock)
        {
            if (_tasks + _lost + tasks > load.Most)
            {
                throw new ProtocolException($"{_tasks} tasks came and {_lost + tasks} were lost, more than the {load.Most} tasks of the load.");
            }

            _lost += tasks;
            _knownUntil[worker] = Math.Max(_knownUntil[worker], at);
            _times.Replace(worker, at);
        }
    }

    /// <summary>Takes in a sample and gives the frames that are complete by it.</summary>
    public IReadOnlyList<Frame> Tick(ProcessSample sample)
    {
        lock (_lock)
        {
            if (!HasBegun || _ended)
            {
                return [];
            }

            var passed = (int)Math.Max(0, (sample.At - _begin) / FrameNs);
            Spread(sample, passed);
            return Close(upTo: passed - 1);
        }
    }

    /// <summary>Measuring is over: gives the frames that are left. No record counts after this.</summary>
    /// <param name="at">When the last task ended, or the trial failed.</param>
    public IReadOnlyList<Frame> End(long at, ProcessSample sample)
    {
        lock (_lock)
        {
            if (!HasBegun || _ended)
            {
                return [];
            }

            _ended = true;
            _isScheduleOver = load.Arrivals is { } arrivals && at >= _begin + arrivals.At(arrivals.Count - 1);
            var until = Math.Clamp(at, Math.Max(_lastEnd, _begin), Math.Max(sample.At, Math.Max(_lastEnd, _begin)));
            var count = (int)((until - _begin + FrameNs - 1) / FrameNs);
            Spread(sample, Math.Max(count, _sampledFrames));
            return Close(Math.Max(count, _slots.Count == 0 ? 0 : _slots[^1].Number + 1), until);
        }
    }

    /// <summary>What was measured up to now.</summary>
    public TrialTotals Totals()
    {
        lock (_lock)
        {
            var total = _total.With(_slots.Select(slot => slot.Histogram).OfType<RecordedHistogram>());
            return HasBegun
                ? new TrialTotals(_tasks, _errors, _tasks == 0 ? 0 : WallNs() / 1e6, total.ToLatency(),
                    _last.CpuUserMs - _first.CpuUserMs, _last.CpuSystemMs - _first.CpuSystemMs,
                    _last.SwitchesVoluntary - _first.SwitchesVoluntary, _last.SwitchesInvoluntary - _first.SwitchesInvoluntary,
                    _peakMemory, total.Encode(),
                    _open?.Uncorrected(), _open?.UncorrectedHistogram() ?? [], _open?.SchedulingP99Ms(), _drift?.Value())
                {
                    Schedule = ScheduleTotals.Between(_first, _last),
                    Gaps = _tasks == 0 ? null : _times.Within(_open is null ? _firstStart : _begin, WallNs()),
                }
                : TrialTotals.None;
        }
    }

    /// <summary>
    /// From the first start to the last end; for an open load from its begin, and to the end of its schedule where that is later: n arrivals evenly spaced take n intervals, not n - 1.
    /// </summary>
    private long WallNs() => load.Arrivals is { } arrivals
        ? Math.Max(_lastEnd - _begin, _isScheduleOver ? arrivals.DurationNs : 0)
        : _lastEnd - _firstStart;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Check(in TaskRecord record, long now)
    {
        if (record.Worker >= workers)
        {
            throw new ProtocolException($"A task record is of worker {record.Worker}; the trial has workers 0 to {workers - 1}.");
        }

        if (record.Outcome > 1)
        {
            throw new ProtocolException($"A task record has the outcome {record.Outcome}; 0 (done) and 1 (error) are known.");
        }

        if (record.Start < _begin - ClockToleranceNs || record.End < record.Start || record.End > now + ClockToleranceNs)
        {
            throw new ProtocolException("A task record has times that cannot be: it starts before measuring began, ends before it starts, or ends in the future.");
        }

        if (_open is null ? record.Intended != 0 : record.Intended < _begin - ClockToleranceNs || record.Intended > record.Start + ClockToleranceNs)
        {
            throw new ProtocolException(_open is null
                ? "A task record of a closed load has an intended start."
                : "A task record has an intended start that cannot be: it lies before measuring began or after the task's start.");
        }

        if (_tasks + _lost >= load.Most)
        {
            throw new ProtocolException($"More task records came than the {load.Most} tasks of the load{(_lost > 0 ? $", {_lost} of them lost" : "")}.");
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Fold(in TaskRecord record)
    {
        var from = _open is null ? record.Start : Math.Min(record.Intended, record.Start);
        var latency = record.End - from;
        var slot = SlotOf(record.End);
        slot.Record(Math.Clamp(latency, 1, HistogramCodec.HighestNs), _pool);
        _total.Count(latency);
        _open?.Add(from, record.Start, record.End);
        slot.Tasks++;
        slot.Workers[record.Worker].Tasks++;
        slot.Show(in record);
        if (record.IsError)
        {
            slot.Errors++;
            _errors++;
        }

        if (record.Start >= slot.From)
        {
            slot.AddBusy(record.Worker, record.Start, record.End);
        }
        else
        {
            foreach (var open in _slots)
            {
                open.AddBusy(record.Worker, record.Start, record.End);
            }
        }

        _tasks++;
        _times.Add(in record);
        _firstStart = Math.Min(_firstStart, record.Start);
        _lastEnd = Math.Max(_lastEnd, record.End);
        _knownUntil[record.Worker] = Math.Max(_knownUntil[record.Worker], record.End);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private FrameSlot SlotOf(long end)
    {
        // The end of a frame belongs to it, so that a trial of exactly n frames has n frames.
        var number = (int)Math.Max(0, (end - _begin - 1) / FrameNs);
        OpenUpTo(Math.Max(number, _nextNumber));
        return _slots[Math.Max(number - _nextNumber, 0)];
    }

    private void OpenUpTo(int number)
    {
        while (_nextNumber + _slots.Count <= number)
        {
            var next = _nextNumber + _slots.Count;
            _slots.Add(new FrameSlot(next, _begin + (next * FrameNs), _begin + ((next + 1) * FrameNs), workers));
        }
    }

    /// <summary>Shares what was used since the last sample out over the frames that passed since: one, unless this machine is so loaded that the clock was late.</summary>
    private void Spread(ProcessSample sample, int passed)
    {
        _peakMemory = Math.Max(_peakMemory, sample.MemoryBytes);
        if (passed <= _sampledFrames)
        {
            if (_ended && _slots.LastOrDefault(slot => slot.Usage is not null) is { Usage: { } used } slot)
            {
                slot.Usage = FrameUsages.Add(used, FrameUsages.Between(_last, sample, 1));
            }

            _last = _ended ? sample : _last;
            return;
        }

        OpenUpTo(passed - 1);
        var usage = FrameUsages.Between(_last, sample, passed - _sampledFrames);
        foreach (var slot in _slots.Where(slot => slot.Number >= _sampledFrames && slot.Number < passed))
        {
            slot.Usage = usage;
        }

        _sampledFrames = passed;
        _last = sample;
    }

    private List<Frame> Close(int upTo, long until = long.MaxValue)
    {
        var frames = new List<Frame>();
        while (_nextNumber < upTo)
        {
            OpenUpTo(_nextNumber);
            var slot = _slots[0];
            frames.Add(_closer.Close(slot, Math.Min(slot.To, Math.Max(until, slot.From + 1)), _knownUntil, load.Remaining(_tasks + _lost, slot.To - _begin, _ended)));
            watch?.Add(frames[^1], slot.Histogram);
            if (frames[^1].DurationMs >= Frame.LengthMs)
            {
                _drift?.Add(slot.Tasks);
            }

            if (slot.Histogram is { } histogram)
            {
                _total.Add(histogram);
                _pool.Return(histogram);
            }

            _slots.RemoveAt(0);
            _nextNumber++;
        }

        return frames;
    }
}
