using Brigade.Contracts.Plan;
using Brigade.Contracts.Runs;

namespace Brigade.Web.Features.Runs;

/// <summary>What the table of results shows of a cell beyond its main figures: medians over its completed repetitions, null where nothing was measured.</summary>
/// <param name="Replaced">Workers that were lost and replaced.</param>
/// <param name="Lost">Of all its repetitions together, as is <paramref name="Dropped"/>: a repetition that lost tasks must not hide behind two that did not.</param>
/// <param name="Figures">The workload's own figures by name.</param>
/// <param name="Noise">What disturbed the measurement, in a few words each.</param>
public sealed record CellDetail(
    double? SerializationMs, double? ChannelMs, double? Offered, double? AchievedRatio, long Dropped, long Lost, long Errors, int Replaced, double? RecoveryMs,
    double? UncorrectedP99Ms, double? SchedulingP99Ms, IReadOnlyDictionary<string, double> Figures, IReadOnlyList<string> Noise)
{
    /// <summary>How long a repetition was measured.</summary>
    public double? WallMs { get; init; }

    private static readonly CellDetail Nothing = new(null, null, null, null, 0, 0, 0, 0, null, null, null, new Dictionary<string, double>(StringComparer.Ordinal), []);

    /// <summary>One for each cell of a result.</summary>
    /// <param name="cells">All cells, in the order of the plan.</param>
    public static IReadOnlyDictionary<Cell, CellDetail> Of(IReadOnlyList<CellResult> cells, IReadOnlyList<TrialResult> trials)
    {
        var byCell = trials.ToLookup(trial => trial.Cell);
        return cells.Index().DistinctBy(cell => cell.Item.Cell).ToDictionary(cell => cell.Item.Cell, cell => Of([.. byCell[cell.Index]]));
    }

    private static CellDetail Of(IReadOnlyList<TrialResult> trials)
    {
        List<TrialResult> completed = [.. trials.Where(trial => trial.Status == TrialStatus.Completed)];
        return completed.Count == 0
            ? Nothing with { Dropped = trials.Sum(trial => trial.Dropped), Lost = trials.Sum(trial => trial.Lost), Errors = trials.Sum(trial => trial.Errors), Replaced = trials.Sum(trial => trial.Replaced) }
            : new CellDetail(
                Median(completed, trial => trial.SerializationMs),
                Median(completed, trial => trial.ChannelMs),
                Median(completed, trial => trial.Offered),
                Median(completed, trial => trial.Offered is > 0 and var offered ? (trial.Tasks - trial.Errors) / (double)offered : null),
                trials.Sum(trial => trial.Dropped),
                trials.Sum(trial => trial.Lost),
                trials.Sum(trial => trial.Errors),
                trials.Sum(trial => trial.Replaced),
                Median(completed, trial => trial.RecoveryMs),
                Median(completed, trial => trial.Uncorrected?.P99Ms),
                Median(completed, trial => trial.SchedulingP99Ms),
                completed.SelectMany(trial => trial.Figures.Keys).Distinct(StringComparer.Ordinal)
                    .ToDictionary(name => name, name => Median(completed, trial => trial.Figures.TryGetValue(name, out var value) ? value : null)!.Value, StringComparer.Ordinal),
                CellNoise.Of(completed))
            { WallMs = Median(completed, trial => trial.WallMs) };
    }

    internal static double? Median(IEnumerable<TrialResult> trials, Func<TrialResult, double?> value)
    {
        double[] values = [.. trials.Select(value).OfType<double>()];
        return values.Length == 0 ? null : Analysis.Statistics.Median.Of(values);
    }
}
