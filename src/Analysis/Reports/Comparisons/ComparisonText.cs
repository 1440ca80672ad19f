using System.Globalization;
using Brigade.Analysis.Comparing;

namespace Brigade.Analysis.Reports.Comparisons;

/// <summary>The words of comparisons, the same in every format that people read.</summary>
internal static class ComparisonText
{
    public static string Metric(string metric) => metric == Metrics.P99 ? "p99 latency" : metric;

    public static string Value(string metric, double value) => metric == Metrics.P99 ? ReportText.Time(value) : ReportText.Rate(value);

    /// <summary>"+5.2 %".</summary>
    public static string Shift(double relative) => (relative * 100).ToString("+0.0;-0.0;0.0", CultureInfo.InvariantCulture) + " %";

    /// <summary>"+5.2 % (+3.1 % to +7.0 %)"; a dash where there was nothing to measure it by.</summary>
    public static string Shift(CellVerdict verdict) =>
        verdict.Verdict == Comparing.Verdict.NotEnoughData && verdict.Low == verdict.High ? ReportText.None : $"{Shift(verdict.RelativeShift)} ({Shift(verdict.Low)} to {Shift(verdict.High)})";

    public static string Verdict(Verdict verdict) => verdict switch
    {
        Comparing.Verdict.Faster => "faster",
        Comparing.Verdict.Slower => "slower",
        Comparing.Verdict.Same => "the same",
        _ => "not enough data",
    };

    /// <summary>"A", "B": runs may have the same name.</summary>
    public static string Letter(int run) => run < 26 ? ((char)('A' + run)).ToString() : (run + 1).ToString(CultureInfo.InvariantCulture);

    public static string Run(Comparison comparison, int run) => $"{Letter(run)}: {comparison.Runs[run].Name}{(comparison.Runs[run].EndedAt is { } at ? $", {ReportText.At(at)}" : "")}";

    /// <summary>"3 faster, 1 slower, 2 the same": one line per run but the first.</summary>
    public static string Summary(Comparison comparison, int run, string metric)
    {
        var verdicts = comparison.Cells.SelectMany(cell => cell.Verdicts).Where(verdict => verdict.Run == run && verdict.Metric == metric).ToArray();
        return verdicts.Length == 0 ? "no cell in common"
            : string.Join(", ", Enum.GetValues<Verdict>().Select(kind => (kind, Count: verdicts.Count(verdict => verdict.Verdict == kind))).Where(pair => pair.Count > 0).Select(pair => $"{pair.Count} {Verdict(pair.kind)}"));
    }
}
