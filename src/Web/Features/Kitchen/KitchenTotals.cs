namespace Brigade.Web.Features.Kitchen;

/// <summary>A trial's points added up: what the captions and the table say.</summary>
public sealed class KitchenTotals
{
    private readonly Dictionary<char, double> _letters = [];
    private readonly List<LaneTotals> _lanes = [];
    private double _cpuMs;
    private double _busyMs;

    /// <summary>Time that was seen.</summary>
    public double Ms { get; private set; }

    public long Tasks { get; private set; }

    public long Errors { get; private set; }

    /// <summary>Tasks that are known one by one.</summary>
    public long Shown { get; private set; }

    /// <summary>Processors in use on average.</summary>
    public double Cpu => Ms > 0 ? _cpuMs / Ms : 0;

    /// <summary>Workers in a task on average.</summary>
    public double Busy => Ms > 0 ? _busyMs / Ms : 0;

    /// <summary>Each worker by itself.</summary>
    public IReadOnlyList<LaneTotals> Lanes => _lanes;

    /// <summary>Share of all workers' time that a letter of <see cref="ChefReader"/> stands for.</summary>
    public double Share(char letter) => Ms > 0 && _lanes.Count > 0 ? _letters.GetValueOrDefault(letter) / (Ms * _lanes.Count) : 0;

    public void Add(IEnumerable<KitchenPoint> points)
    {
        ArgumentNullException.ThrowIfNull(points);
        foreach (var point in points)
            Add(point);
    }

    private void Add(KitchenPoint point)
    {
        Ms += point.Ms;
        Tasks += point.Tasks;
        Errors += point.Errors;
        Shown += point.Spans?.Workers.Count ?? 0;
        _cpuMs += point.Cpu * point.Ms;
        foreach (var letter in point.Letters)
            _letters[letter] = _letters.GetValueOrDefault(letter) + point.Ms;
        for (var worker = 0; worker < point.Busy.Count; worker++)
        {
            if (worker == _lanes.Count)
                _lanes.Add(new LaneTotals(worker, 0, 0, 0, 0));
            var (busy, use) = (point.Busy[worker] / 100.0 * point.Ms, point.Use[worker] / 100.0 * point.Ms);
            _busyMs += busy;
            _lanes[worker] = _lanes[worker].Plus(point.Done[worker], point.Ms, busy, use);
        }
    }
}

/// <param name="RunningMs">In tasks and on a processor.</param>
public sealed record LaneTotals(int Worker, long Tasks, double Ms, double BusyMs, double RunningMs)
{
    public double Running => Ms > 0 ? RunningMs / Ms : 0;

    public double Waiting => Ms > 0 ? (BusyMs - RunningMs) / Ms : 0;

    public double Idle => Ms > 0 ? 1 - (BusyMs / Ms) : 0;

    public LaneTotals Plus(long tasks, double ms, double busyMs, double runningMs) => new(Worker, Tasks + tasks, Ms + ms, BusyMs + busyMs, RunningMs + runningMs);
}
