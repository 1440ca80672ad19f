using Brigade.Analysis.Changes;
using Brigade.Data.Entities;
using Brigade.Data.Queries;

namespace Brigade.Web.Features.Trends;

/// <summary>
/// Compares the shifts that a series has now with those that were found in it before. With every further run a shift may be placed a run or two from where it was seen first:
/// it is still the same one, and is told once.
/// </summary>
internal static class ShiftBook
{
    /// <summary>Two shifts to the same side that are at most so many runs apart are one.</summary>
    private const int SameShift = 5;

    /// <param name="points">The series, oldest first: one cell on one machine.</param>
    /// <param name="known">All changes that were ever found in it.</param>
    /// <param name="find">Finds the shifts of a series of positive figures.</param>
    public static SeriesFindings Compare(IReadOnlyList<TrendPoint> points, ChangeMetric metric, IReadOnlyList<Change> known, SeriesName series, Func<IReadOnlyList<double>, IReadOnlyList<ChangePoint>> find, DateTimeOffset now)
    {
        var judged = known.Where(change => change.Metric == metric).ToList();
        var first = FirstToLookAt(points, judged);
        var looked = points.Skip(first).Where(point => Value(point, metric) > 0).ToList();
        var shifts = find([.. looked.Select(point => Value(point, metric)).OfType<double>()]);

        List<Change> found = [], confirmed = [];
        var open = judged.Where(change => Place(looked, change) is not null).ToList();
        var same = new Change?[shifts.Count];
        // First those that stand where they stood: a place has one change, and it must not go to a shift nearby.
        foreach (var mostApart in (int[])[0, SameShift])
        {
            foreach (var (index, shift) in shifts.Index().Where(shift => same[shift.Index] is null))
            {
                same[index] = Match(looked, shift, open, mostApart);
                if (same[index] is { } taken)
                    open.Remove(taken);
            }
        }

        foreach (var (index, shift) in shifts.Index())
        {
            if (same[index] is { } change)
                confirmed.Add(With(change, shift));
            else
                found.Add(New(looked, shift, metric, series, now));
        }

        return new SeriesFindings(found, confirmed, [.. open.Where(change => change.State == ChangeState.Open).Select(change => change.Id)]);
    }

    /// <summary>Null where an import does not tell the figure.</summary>
    public static double? Value(TrendPoint point, ChangeMetric metric) => metric == ChangeMetric.Throughput ? point.Throughput.Median : point.P99Ms?.Median;

    // What was accepted is the new normal: what was before it no longer counts.
    private static int FirstToLookAt(IReadOnlyList<TrendPoint> points, IReadOnlyList<Change> known) =>
        known.Where(change => change.State == ChangeState.Accepted).Select(change => Place(points, change) ?? 0).DefaultIfEmpty(0).Max();

    private static int? Place(IReadOnlyList<TrendPoint> points, Change change)
    {
        for (var i = 0; i < points.Count; i++)
        {
            if (points[i].RunId == change.RunId)
                return i;
        }

        return null;
    }

    private static Change? Match(IReadOnlyList<TrendPoint> points, ChangePoint shift, IReadOnlyList<Change> known, int mostApart) => known
        .Select(change => (Change: change, Apart: Math.Abs(Place(points, change)!.Value - shift.Index)))
        .Where(pair => pair.Apart == 0 || (pair.Apart <= mostApart && Math.Sign(pair.Change.RelativeShift) == Math.Sign(shift.RelativeShift)))
        .OrderBy(pair => pair.Apart)
        .Select(pair => pair.Change)
        .FirstOrDefault();

    private static Change With(Change known, ChangePoint shift)
    {
        (known.Before, known.After, known.RelativeShift, known.Confidence) = (shift.Before, shift.After, shift.RelativeShift, shift.Confidence);
        return known;
    }

    private static Change New(IReadOnlyList<TrendPoint> points, ChangePoint shift, ChangeMetric metric, SeriesName series, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        ExperimentId = series.ExperimentId,
        CellKey = series.CellKey,
        MachineKey = series.MachineKey,
        Metric = metric,
        RunId = points[shift.Index].RunId,
        At = points[shift.Index].EndedAt,
        RunBefore = shift.Index > 0 ? points[shift.Index - 1].RunId : null,
        Before = shift.Before,
        After = shift.After,
        RelativeShift = shift.RelativeShift,
        Confidence = shift.Confidence,
        State = ChangeState.Open,
        FoundAt = now,
    };
}

/// <summary>One cell of an experiment on one machine.</summary>
internal sealed record SeriesName(Guid ExperimentId, string CellKey, string MachineKey);
