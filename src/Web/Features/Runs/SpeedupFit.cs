using Brigade.Analysis.Laws;

namespace Brigade.Web.Features.Runs;

/// <summary>A line of the speed-up chart with the Universal Scalability Law fitted to its points.</summary>
/// <param name="Sentence">Where the curve peaks, or why there is no curve.</param>
/// <param name="IsFitted">Whether the line has a curve.</param>
public sealed record SpeedupFit(ChartLine Line, string Sentence, bool IsFitted)
{
    private const int Steps = 48;

    /// <summary>Fits the law. The curve spans the measured counts of workers and goes no further.</summary>
    public static SpeedupFit Of(ChartLine line)
    {
        ArgumentNullException.ThrowIfNull(line);
        var (law, problem) = UslFit.Fit([.. line.Points.Select(point => new ScalingPoint(point[0], point[1]))]);
        if (law is null)
            return new(line, problem, IsFitted: false);

        var (first, last) = (line.Points.Min(point => point[0]), line.Points.Max(point => point[0]));
        var curve = Enumerable.Range(0, Steps + 1)
            .Select(step => first + ((last - first) * step / Steps))
            .Select(workers => new[] { Math.Round(workers, 3), Math.Round(law.At(workers), 3) });
        return new(line with { Fit = [.. curve] }, LawWords.Peak(law), IsFitted: true);
    }
}
