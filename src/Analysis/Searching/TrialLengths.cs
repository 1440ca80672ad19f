using Brigade.Contracts.Plan;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;

namespace Brigade.Analysis.Searching;

/// <summary>How long the trials of a search are, and what they cost beside measuring.</summary>
internal sealed class TrialLengths(int cores)
{
    private const double LeastMs = 100;
    private const double MostMs = 2_000;

    /// <summary>A trial of this many tasks of each worker is long enough for any difference that matters.</summary>
    private const double EnoughTasks = 40;

    /// <summary>With fewer tasks of each worker it counts when the last one ends: the time is set between two ends.</summary>
    private const double FewTasks = 5;

    /// <summary>Tasks that are this long need no warm-up beside them.</summary>
    private const double LongTaskMs = 250;

    /// <summary>What a trial costs beside its work before any was seen.</summary>
    private const double UsualOverheadMs = 400;

    private static readonly TimeSpan LeastTimeout = TimeSpan.FromSeconds(10);

    private readonly Dictionary<(string Runtime, Strategy Strategy), List<(int Workers, double Ms)>> _overheads = [];

    /// <summary>The first trial in a runtime: nothing is known yet.</summary>
    public static MeasureStep Probe(int trial, LimitsSpec limits) => new(trial, TimeSpan.FromMilliseconds(250), TimeSpan.Zero, limits.TrialTimeout) { IsProbe = true };

    /// <summary>Takes in what a trial cost.</summary>
    public void Add(Cell cell, TrialResult trial, TimeSpan cost)
    {
        if (!_overheads.TryGetValue((cell.Runtime, cell.Strategy), out var seen))
            _overheads[(cell.Runtime, cell.Strategy)] = seen = [];
        seen.Add((cell.Workers, Math.Max(0, cost.TotalMilliseconds - trial.WallMs)));
    }

    /// <summary>A trial's time beside its measured part, in milliseconds: start, warm-up and end, from the same strategy's trials with about as many workers, else from all.</summary>
    public double OverheadMs(Cell cell) =>
        _overheads.TryGetValue((cell.Runtime, cell.Strategy), out var seen) ? seen.OrderBy(item => Math.Abs(item.Workers - cell.Workers)).First().Ms
        : _overheads.Count > 0 ? Math.Max(UsualOverheadMs / 2, _overheads.Values.SelectMany(values => values).Average(item => item.Ms))
        : UsualOverheadMs;

    /// <summary>The time of a whole trial, in milliseconds.</summary>
    public double CostMs(Cell cell, Probed probed, double measuredMs) => OverheadMs(cell) + Math.Max(measuredMs, probed.TaskMsIn(cell, cores));

    /// <summary>The shortest useful trial, in milliseconds.</summary>
    public double ShortestMs(Cell cell, Probed probed) => Math.Max(LeastMs, probed.TaskMsIn(cell, cores));

    /// <param name="wishedMs">What the round has for it, in milliseconds.</param>
    /// <param name="mostMs">No trial measures for longer, however large the budget.</param>
    public MeasureStep Step(int trial, Cell cell, Probed probed, double wishedMs, double mostMs, LimitsSpec limits)
    {
        var task = probed.TaskMsIn(cell, cores);
        var duration = Math.Clamp(wishedMs, LeastMs, Math.Max(LeastMs, Math.Max(Math.Max(MostMs, mostMs), EnoughTasks * task)));
        if (duration < FewTasks * task)
            duration = (Math.Max(1, Math.Round(duration / task)) - 0.5) * task;
        var warmup = task >= LongTaskMs ? 0 : Math.Clamp(3 * task, 50, 300);
        var timeout = TimeSpan.FromMilliseconds((10 * CostMs(cell, probed, duration + warmup)) + LeastTimeout.TotalMilliseconds);
        return new(trial, TimeSpan.FromMilliseconds(duration), TimeSpan.FromMilliseconds(warmup), timeout < limits.TrialTimeout ? timeout : limits.TrialTimeout);
    }
}
