using Brigade.Analysis.Comparing;
using Brigade.Web.Features.Runs;

namespace Brigade.Web.Features.Compare;

/// <summary>Cells that differ only in their workers, as one curve for each run.</summary>
/// <param name="Name">Everything but the workers.</param>
public sealed record CurveGroup(string Name, IReadOnlyList<CurveLine> Lines)
{
    /// <summary>The groups that at least one run measured with two counts of workers or more.</summary>
    public static IReadOnlyList<CurveGroup> Of(IReadOnlyList<ComparedSide> sides, Comparison comparison, string metric)
    {
        ArgumentNullException.ThrowIfNull(sides);
        ArgumentNullException.ThrowIfNull(comparison);
        var swept = ResultLines.Swept(comparison.Cells.Select(cell => cell.Cell));
        return [.. comparison.Cells
            .GroupBy(cell => ResultLines.NameWithoutWorkers(cell.Cell, swept), StringComparer.Ordinal)
            .Where(group => group.Select(cell => cell.Cell.Workers).Distinct().Count() > 1)
            .Select(group => new CurveGroup(group.Key, [.. sides.Select(side => Line(side, [.. group.OrderBy(cell => cell.Cell.Workers)], metric)).Where(line => line.Points.Count > 0)]))
            .Where(group => group.Lines.Any(line => line.Points.Count > 1))];
    }

    private static CurveLine Line(ComparedSide side, IReadOnlyList<ComparedCell> cells, string metric)
    {
        List<(int Workers, MetricValues Values)> points = [.. cells
            .Where(cell => cell.Runs[side.Number]?.Of(metric).Values.Count > 0)
            .Select(cell => (cell.Cell.Workers, cell.Runs[side.Number]!.Of(metric)))];
        return new CurveLine(
            $"{side.Letter} {side.Title}", side.Series, side.Number,
            [.. points.Select(point => new double[] { point.Workers, point.Values.Median })],
            [.. points.Select(point => new double[] { point.Workers, point.Values.Low, point.Values.High })]);
    }
}

/// <summary>One run's curve.</summary>
/// <param name="Series">The name of its colour.</param>
/// <param name="Dash">Gives the line's style.</param>
/// <param name="Points">Pairs of workers and median.</param>
/// <param name="Intervals">Workers, lower and upper end, for each point.</param>
public sealed record CurveLine(string Name, string Series, int Dash, IReadOnlyList<double[]> Points, IReadOnlyList<double[]> Intervals);
