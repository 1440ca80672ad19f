using Brigade.Contracts.Runs;

namespace Brigade.Web.Live;

/// <summary>
/// The frames of a run in bounded memory: of a trial that grew long, older neighbours are merged into one that covers a longer time; the newest stay as they came.
/// Positions count arrivals, so merging moves no reader. Not thread-safe.
/// </summary>
internal sealed class FrameSeries
{
    /// <summary>The most points that are kept of a trial; twice what the charts show.</summary>
    public const int MostPoints = 1200;

    /// <summary>The most points times their workers that are kept of a run; some hundred megabytes.</summary>
    private const int MostCells = 2_000_000;

    private const int FewestPoints = 16;

    /// <summary>The newest 30 s are not merged: readers are within them, so that none gets a part twice.</summary>
    private const int Untouched = 300;

    private readonly List<Series> _trials = [];
    private readonly Dictionary<int, Series> _byTrial = [];
    private long _cells;
    private int _afterThinning = MostPoints / 2;

    /// <summary>Arrivals so far: the position of a reader that has everything.</summary>
    public long Position { get; private set; }

    /// <summary>Adds a frame, which has to follow those of its trial.</summary>
    public void Add(Frame frame)
    {
        if (!_byTrial.TryGetValue(frame.Trial, out var series))
        {
            series = new Series();
            _byTrial.Add(frame.Trial, series);
            _trials.Add(series);
        }

        series.Points.Add(new Point(Position, Position, frame));
        Position++;
        _cells += Cells(frame);
        if (series.Points.Count > _afterThinning * 2)
            Thin(series);
        while (_cells > MostCells && _afterThinning > FewestPoints)
        {
            _afterThinning /= 2;
            _trials.ForEach(Thin);
        }
    }

    /// <summary>A trial has ended, and will not be looked at that closely again.</summary>
    public void End(int trial)
    {
        if (_byTrial.TryGetValue(trial, out var series))
            Thin(series);
    }

    /// <summary>What arrived from a position on, by trial. Merged frames last longer than <see cref="Frame.LengthMs"/>.</summary>
    public IReadOnlyList<Frame> Since(long position)
    {
        List<Frame> fresh = [];
        foreach (var points in _trials.Select(series => series.Points).Where(points => points[^1].Last >= position))
        {
            var first = points.FindLastIndex(point => point.First < position) + 1;
            fresh.AddRange(points.Skip(first).Select(point => point.Frame));
        }

        return fresh;
    }

    private void Thin(Series series)
    {
        if (series.Points.Count <= _afterThinning)
            return;
        _cells -= series.Points.Sum(point => (long)Cells(point.Frame));
        var newest = Math.Min(Untouched, _afterThinning / 2);
        List<Point> older = series.Points[..^newest];
        while (true)
        {
            var span = series.Span;
            List<Point> merged = [.. older.GroupBy(point => point.Frame.Number / span).Select(Merged)];
            if (merged.Count + newest <= _afterThinning || span > int.MaxValue / 2)
            {
                series.Points = [.. merged, .. series.Points[^newest..]];
                break;
            }

            series.Span *= 2;
        }

        _cells += series.Points.Sum(point => (long)Cells(point.Frame));
    }

    private static Point Merged(IEnumerable<Point> neighbours)
    {
        List<Point> points = [.. neighbours];
        return points.Count == 1 ? points[0] : new Point(points[0].First, points[^1].Last, FrameMerge.Of(points.ConvertAll(point => point.Frame)));
    }

    // Three of its tasks take the room of one worker.
    private static int Cells(Frame frame) => 1 + frame.Workers.Count + ((frame.Spans?.Count ?? 0) / 3);

    /// <summary>A frame with the arrivals that are in it.</summary>
    private readonly record struct Point(long First, long Last, Frame Frame);

    private sealed class Series
    {
        public List<Point> Points { get; set; } = [];

        /// <summary>Frames that a merged point covers: a power of two.</summary>
        public int Span { get; set; } = 1;
    }
}
