using Brigade.Contracts.Runs;

namespace Brigade.Web.Features.Runs.Costs;

/// <summary>What each worker of a trial did over time, in slices of one or more frames: however long the trial was, there are at most <see cref="MostSlices"/>.</summary>
public sealed class WorkerTimeline
{
    public const int MostSlices = 240;

    private readonly List<Slice[]> _slices = [];
    private int _framesPerSlice = 1;
    private double _lengthMs;

    /// <summary>How long all frames are together.</summary>
    public double LengthMs => _lengthMs;

    public int Count => _slices.Count;

    public int Workers => _slices.Count == 0 ? 0 : _slices.Max(slice => slice.Length);

    /// <summary>Whether what workers used of a processor is known: not where they share one thread.</summary>
    public bool HasCpu { get; private set; } = true;

    /// <summary>Takes a frame; frames come in order.</summary>
    public void Add(Frame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        while (frame.Number / _framesPerSlice >= MostSlices)
            Halve();
        var index = frame.Number / _framesPerSlice;
        while (_slices.Count <= index)
            _slices.Add([]);
        if (_slices[index].Length < frame.Workers.Count)
        {
            var wider = new Slice[frame.Workers.Count];
            _slices[index].CopyTo(wider, 0);
            _slices[index] = wider;
        }

        foreach (var worker in frame.Workers.Where(worker => worker.Worker >= 0 && worker.Worker < frame.Workers.Count))
        {
            HasCpu &= worker.Cpu is not null;
            var cpu = worker.Cpu ?? worker.Busy;
            var computing = Math.Min(cpu, worker.Busy);
            _slices[index][worker.Worker] += new Slice(frame.DurationMs, computing * frame.DurationMs, (worker.Busy - computing) * frame.DurationMs, Math.Max(0, Math.Min(1, cpu) - worker.Busy) * frame.DurationMs);
        }

        _lengthMs += frame.DurationMs;
    }

    /// <summary>A worker in one slice; nothing where no frame told.</summary>
    public Slice Of(int worker, int slice) => worker < _slices[slice].Length ? _slices[slice][worker] : default;

    /// <summary>A worker over the whole trial.</summary>
    public Slice Total(int worker) => _slices.Where(slice => worker < slice.Length).Aggregate(default(Slice), (sum, slice) => sum + slice[worker]);

    private void Halve()
    {
        _framesPerSlice *= 2;
        for (var index = 0; index < (_slices.Count + 1) / 2; index++)
        {
            var (first, second) = (_slices[2 * index], (2 * index) + 1 < _slices.Count ? _slices[(2 * index) + 1] : []);
            _slices[index] = [.. Enumerable.Range(0, Math.Max(first.Length, second.Length)).Select(worker =>
                (worker < first.Length ? first[worker] : default) + (worker < second.Length ? second[worker] : default))];
        }

        _slices.RemoveRange((_slices.Count + 1) / 2, _slices.Count / 2);
    }
}
