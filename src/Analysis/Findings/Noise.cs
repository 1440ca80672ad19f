using System.Text.Json.Nodes;
using Brigade.Analysis.Statistics;
using Brigade.Analysis.View;
using Brigade.Contracts.Runs;

namespace Brigade.Analysis.Findings;

/// <summary>Repetitions of the same cell differ so much that small differences between cells mean nothing.</summary>
internal sealed class Noise : IFinding
{
    public const double Limit = 0.10;

    /// <summary>Above this, and in most cells, even large differences are in doubt, so that it is a warning.</summary>
    public const double Severe = 0.25;

    /// <summary>The larger of the relative median absolute deviation and the coefficient of variation of the throughputs, a ratio: with few repetitions the first overlooks an outlier.</summary>
    public static double Of(CellView cell)
    {
        var throughputs = cell.Completed.Select(row => row.ThroughputPerSecond).ToArray();
        return Math.Max(Spread.RelativeDeviation(throughputs), Spread.CoefficientOfVariation(throughputs));
    }

    /// <summary>Whether the finding is made in a run.</summary>
    public static bool Speaks(RunView run) => run.Cells.Any(cell => cell.Completed.Count >= 2 && Of(cell) > Limit);

    public IEnumerable<Finding> Find(RunView run)
    {
        var repeated = run.Cells.Where(cell => cell.Completed.Count >= 2).Select(cell => (Cell: cell, Spread: Of(cell))).ToArray();
        var noisy = repeated.Where(pair => pair.Spread > Limit).OrderByDescending(pair => pair.Spread).ToArray();
        if (noisy.Length == 0)
            yield break;

        var (worst, spread) = noisy[0];
        var text = $"The repetitions of {noisy.Length} of {Naming.Count(repeated.Length, "cell")} differ by more than {Naming.Percent(Limit)}: the most in {run.Describe(worst)}, "
            + $"by {Naming.Percent(spread)}. Differences of that size between cells mean nothing; a quiet machine, longer trials, or {FewRepetitions.Enough} and more repetitions help.{(run.OtherLoad is { } load ? $" {Naming.Sentence(load)}." : "")}";
        yield return new("noise", spread > Severe && noisy.Length * 2 > repeated.Length ? Severity.Warning : Severity.Info, text, new()
        {
            ["limit"] = Limit,
            ["count"] = noisy.Length,
            ["otherLoad"] = Evidence.Figure(run.Machine.OtherLoad),
            ["cells"] = new JsonArray(noisy.Take(Evidence.MaximumCells).Select(pair => (JsonNode)Describe(pair.Cell)).ToArray()),
        });
    }

    private static JsonObject Describe(CellView cell)
    {
        var throughputs = cell.Completed.Select(row => row.ThroughputPerSecond).ToArray();
        var evidence = Evidence.Cell(cell);
        evidence["relativeDeviation"] = Evidence.Figure(Spread.RelativeDeviation(throughputs));
        evidence["coefficientOfVariation"] = Evidence.Figure(Spread.CoefficientOfVariation(throughputs));
        return evidence;
    }
}
