using Brigade.Analysis.Statistics;
using MathNet.Numerics.Distributions;

namespace Brigade.Analysis.Changes;

/// <summary>
/// Finds where a series changed its level. The series is read from old to new, as it came into being, and a change is told as soon as the points up to there show it; no later point takes it
/// back or moves it. So a shift is one alarm for ever, whenever the series is looked at, which methods that divide the whole series at once (E-Divisive, PELT) do not promise.
/// Like E-Divisive it looks for the split whose two sides differ most (Matteson and James 2014, JASA 109(505), 334-345), but by medians, of which the noise model knows how much they vary,
/// and confirms it by ranks.
/// </summary>
public static class ChangePoints
{
    /// <summary>The changes of a series, oldest first. A longer series has the changes of its beginning at the same places.</summary>
    /// <param name="series">One value per run, oldest first; levels are compared by their ratio, so they should be above 0.</param>
    public static IReadOnlyList<ChangePoint> Find(IReadOnlyList<double> series, NoiseModel? noise = null)
    {
        noise ??= NoiseModel.Default;
        var logarithms = series.Select(value => Math.Log(Math.Max(value, double.Epsilon))).ToArray();
        var estimator = new SeriesNoise(logarithms, noise);
        var found = new List<(int Index, double Confidence)>();
        var level = new Level(logarithms, 0);
        for (var last = 0; last < logarithms.Length; last++)
        {
            level.Add(last);
            if (BestSplit(logarithms, level, last, estimator, noise) is not { } split)
                continue;
            found.Add(split);
            level = new Level(logarithms, split.Index);
            for (var at = split.Index; at <= last; at++)
                level.Add(at);
        }
        return Describe(series, found);
    }

    /// <summary>Where the present level ends, if the points up to <paramref name="last"/> show that it did.</summary>
    private static (int Index, double Confidence)? BestSplit(double[] values, Level level, int last, SeriesNoise estimator, NoiseModel noise)
    {
        var earliest = Math.Max(level.Start + NoiseModel.FewestBefore, last + 1 - NoiseModel.LongestLook);
        var latest = last + 1 - NoiseModel.FewestAfter;
        if (latest < earliest)
            return null;

        var deviation = estimator.Deviation(last);
        var (best, distance, after) = (0, 0.0, 0.0);
        var right = new SortedValues();
        for (var at = last; at >= earliest; at--)
        {
            right.Add(values[at]);
            if (at > latest)
                continue;
            var shift = right.Median - level.MedianBefore(at);
            var here = Math.Abs(shift) / SeriesNoise.ErrorOfDifference(at - level.Start, last + 1 - at);
            if (here > distance)
                (best, distance, after) = (at, here, right.Median);
        }

        var before = level.MedianBefore(best);
        if (best == 0 || Math.Abs(after - before) <= Math.Log(1 + noise.MinimumShift))
            return null;
        var splits = latest - earliest + 1;
        var likeness = SeriesNoise.Inflation(values, level.Start, best, before, deviation);
        var chance = Math.Min(1, 2 * splits * StudentT.CDF(0, 1, estimator.Degrees(last), -distance / (deviation * likeness)));
        return chance <= 1 - noise.Confidence && IsConfirmedByRanks(values, level.Start, best, last)
            ? (Place(values, level.Start, last, before, after, deviation), 1 - chance)
            : null;
    }

    /// <summary>Outliers move no ranks: a few slow points in a row are no new level where the old one had such points too.</summary>
    private static bool IsConfirmedByRanks(double[] values, int start, int split, int last)
    {
        var before = values[Math.Max(start, split - NoiseModel.LongestLook)..split];
        return MannWhitney.Test(before, values[split..(last + 1)]).PValue <= NoiseModel.RankSignificance;
    }

    /// <summary>The first point of the new level: where the squared distances from both levels are least, each counted up to a bound, so that an outlier decides nothing.</summary>
    private static int Place(double[] values, int start, int last, double before, double after, double deviation)
    {
        var bound = Math.Pow(Math.Max(3 * deviation, Math.Abs(after - before)), 2);
        double Cost(double value, double level) => Math.Min((value - level) * (value - level), bound);
        var (best, least, sum) = (start, double.MaxValue, 0.0);
        // What a point costs in the old level rather than in the new one, summed up to the split.
        for (var at = start; at <= last; at++)
        {
            if (at > start && at >= start + NoiseModel.FewestBefore - 1 && at <= last + 1 - NoiseModel.FewestAfter + 1 && sum < least)
                (best, least) = (at, sum);
            sum += Cost(values[at], before) - Cost(values[at], after);
        }
        return best;
    }

    private static List<ChangePoint> Describe(IReadOnlyList<double> series, List<(int Index, double Confidence)> found)
    {
        var ends = found.Select(change => change.Index).Append(series.Count).ToArray();
        var changes = new List<ChangePoint>();
        for (var i = 0; i < found.Count; i++)
        {
            var before = Level.Median(series, i == 0 ? 0 : ends[i - 1], ends[i]);
            var after = Level.Median(series, ends[i], ends[i + 1]);
            changes.Add(new(found[i].Index, before, after, before > 0 ? (after / before) - 1 : 1, found[i].Confidence));
        }
        return changes;
    }
}
