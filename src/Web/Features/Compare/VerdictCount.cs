using Brigade.Analysis.Comparing;
using Brigade.Web.Components.Formatting;

namespace Brigade.Web.Features.Compare;

/// <summary>How one run compares with the first one in one metric, over all cells that both have.</summary>
/// <param name="Run">Number of the run in the comparison.</param>
/// <param name="Metric">One of <see cref="Metrics"/>.</param>
public sealed record VerdictCount(int Run, string Metric, int Cells, int Faster, int Slower, int Same, int NotEnoughData)
{
    public static VerdictCount Of(Comparison comparison, int run, string metric)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        var verdicts = comparison.Cells.SelectMany(cell => cell.Verdicts).Where(verdict => verdict.Run == run && string.Equals(verdict.Metric, metric, StringComparison.Ordinal)).ToLookup(verdict => verdict.Verdict);
        return new VerdictCount(
            run, metric, verdicts.Sum(same => same.Count()), verdicts[Analysis.Comparing.Verdict.Faster].Count(), verdicts[Analysis.Comparing.Verdict.Slower].Count(),
            verdicts[Analysis.Comparing.Verdict.Same].Count(), verdicts[Analysis.Comparing.Verdict.NotEnoughData].Count());
    }

    /// <summary>Of every run but the first, in every metric.</summary>
    public static IReadOnlyList<VerdictCount> All(Comparison comparison)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        return [.. Enumerable.Range(1, Math.Max(0, comparison.Runs.Count - 1)).SelectMany(run => Metrics.All.Select(metric => Of(comparison, run, metric)))];
    }

    /// <summary>The worst that the counts say: slower where any cell is, else faster where any cell is, else the same where any cell tells.</summary>
    public static Verdict Overall(IReadOnlyCollection<VerdictCount> counts) =>
        counts.Any(count => count.Slower > 0) ? Analysis.Comparing.Verdict.Slower
        : counts.Any(count => count.Faster > 0) ? Analysis.Comparing.Verdict.Faster
        : counts.Any(count => count.Same > 0) ? Analysis.Comparing.Verdict.Same
        : Analysis.Comparing.Verdict.NotEnoughData;

    public Verdict Verdict => Overall([this]);

    /// <summary>The counts in words, for example <c>Slower in 2 of 9 cells, faster in none, same in 7.</c></summary>
    public string Text => this switch
    {
        { Cells: 0 } => "No cell in common, so there is nothing to compare.",
        _ when NotEnoughData == Cells => $"Not enough data in {Every(Cells)} to tell.",
        _ when Same == Cells => $"No difference that matters in {Every(Cells)}.",
        _ when Slower == Cells => $"Slower in {Every(Cells)}.",
        _ when Faster == Cells => $"Faster in {Every(Cells)}.",
        _ => $"{string.Join(", ", Parts())}.",
    };

    private static string Every(int cells) => cells switch
    {
        1 => "the one cell",
        2 => "both cells",
        _ => $"all {Numbers.Count(cells)} cells",
    };

    private IEnumerable<string> Parts()
    {
        var of = $"of {Numbers.Count(Cells, "cell")}";
        yield return Slower > 0 ? $"Slower in {Numbers.Count(Slower)} {of}" : Faster > 0 ? $"Faster in {Numbers.Count(Faster)} {of}" : $"No difference that matters in {Numbers.Count(Same)} {of}";
        if (Slower > 0 || Faster > 0)
        {
            yield return (Slower > 0 ? Faster : Slower) is > 0 and var other ? $"{(Slower > 0 ? "faster" : "slower")} in {Numbers.Count(other)}" : $"{(Slower > 0 ? "faster" : "slower")} in none";
            if (Same > 0)
                yield return $"same in {Numbers.Count(Same)}";
        }

        if (NotEnoughData > 0)
            yield return $"not enough data in {Numbers.Count(NotEnoughData)}";
    }
}
