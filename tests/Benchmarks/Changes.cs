using Brigade.Analysis.Changes;
using Brigade.Analysis.Tests.Changes;
using Perfolizer.Mathematics.Cpd;

namespace Brigade.Benchmarks;

/// <summary>Change points on synthetic series whose changes are known; with ED-PELT of Perfolizer beside them.</summary>
internal sealed class Changes : ISuite
{
    private const int Series = 100;
    private const double Bar = 0.9;

    public string Name => "changes";

    public string Title => "Change points on 100 series with known answers";

    public async IAsyncEnumerable<Row> MeasureAsync(int rounds)
    {
        await Task.CompletedTask;
        var ours = Measure(rounds, series => [.. ChangePoints.Find(series.Values).Select(change => change.Index)]);
        yield return new Row("precision: found changes that are true ones", "all", ours.Precision, "0.9", ours.Precision.Values.Min() >= Bar);
        yield return new Row("recall: true changes that are found", "all", ours.Recall, "0.9", ours.Recall.Values.Min() >= Bar);
        var moved = new Sample([.. Enumerable.Range(1, rounds).Select(seed => (double)SyntheticSeries.Make(Series, seed).Sum(Moved))]);
        yield return new Row("changes that moved, vanished or were told again while points were added one by one", "none", moved, "0", moved.Values.Max() == 0);

        // For comparison only: it divides the whole series at once, and its changes move when points are added.
        var theirs = Measure(rounds, series => [.. new EdPeltChangePointDetector().GetChangePointIndexes([.. series.Values], 5).Select(index => index + 1)]);
        yield return new Row("ED-PELT (Perfolizer, at least 5 points apart): precision", "ours above", theirs.Precision, "(for comparison)", Reached: true);
        yield return new Row("ED-PELT: recall", "ours above", theirs.Recall, "(for comparison)", Reached: true);
    }

    private static (Sample Precision, Sample Recall) Measure(int rounds, Func<SyntheticSeries, int[]> find)
    {
        var (precision, recall) = (new List<double>(), new List<double>());
        for (var seed = 1; seed <= rounds; seed++)
        {
            var (found, right, known) = (0, 0, 0);
            foreach (var series in SyntheticSeries.Make(Series, seed))
            {
                var indices = find(series);
                (found, right, known) = (found + indices.Length, right + series.Matches(indices), known + series.Changes.Count);
            }
            precision.Add((double)right / found);
            recall.Add((double)right / known);
        }
        return (new Sample(precision), new Sample(recall));
    }

    private static int Moved(SyntheticSeries series)
    {
        var (moved, told) = (0, Array.Empty<int>());
        for (var length = 1; length <= series.Values.Count; length++)
        {
            var now = ChangePoints.Find([.. series.Values.Take(length)]).Select(change => change.Index).ToArray();
            moved += told.Where((index, at) => at >= now.Length || now[at] != index).Count();
            told = now;
        }
        return moved;
    }
}
