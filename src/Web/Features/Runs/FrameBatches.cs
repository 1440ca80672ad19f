using System.Runtime.CompilerServices;
using Brigade.Contracts.Runs;

namespace Brigade.Web.Features.Runs;

/// <summary>Consecutive points of one trial's series, in the form that the charts in the browser read.</summary>
/// <param name="From">Number of the first frame.</param>
/// <param name="Step">Frames that each point covers.</param>
/// <param name="Tasks">Tasks that ended.</param>
/// <param name="Ms">Time that each point covers, in milliseconds: less than its frames where the trial ended within it.</param>
/// <param name="P50">Milliseconds, as are the other percentiles.</param>
/// <param name="User">Processors used in user mode.</param>
/// <param name="Memory">Bytes.</param>
/// <param name="States">One text per worker with one letter per point: <c>i</c>dle, <c>r</c>unning, <c>w</c>aiting, <c>g</c>one.</param>
/// <param name="Busy">Share of the last point spent in tasks, per worker.</param>
public sealed record FrameBatch(
    int Trial, int From, int Step, IReadOnlyList<long> Tasks, IReadOnlyList<double> Ms, IReadOnlyList<double> P50, IReadOnlyList<double> P95, IReadOnlyList<double> P99,
    IReadOnlyList<double> User, IReadOnlyList<double> System, IReadOnlyList<long> Memory, IReadOnlyList<string> States, IReadOnlyList<double> Busy);

/// <summary>Frames as batches for the charts; long series are thinned, because a screen has few pixels.</summary>
public static class FrameBatches
{
    /// <summary>The most points of one trial that are sent at a time.</summary>
    public const int MaximumPoints = 600;

    private static readonly ConditionalWeakTable<IReadOnlyList<Frame>, Messages> Written = [];

    /// <summary>The message that the charts in the browser append. All viewers of a run that look at the same time get the same list of frames, and its message is written once for all of them.</summary>
    /// <param name="frames">In order within each trial; the list does not change.</param>
    /// <param name="isWhole">These are all frames: what the browser has is forgotten.</param>
    public static SharedJson ToMessage(IReadOnlyList<Frame> frames, bool isWhole)
    {
        var messages = Written.GetOrCreateValue(frames);
        return isWhole
            ? messages.Whole ??= SharedJson.Of(new { reset = true, batches = Of(frames) })
            : messages.Next ??= SharedJson.Of(new { reset = false, batches = Of(frames) });
    }

    /// <param name="frames">In order within each trial.</param>
    public static IReadOnlyList<FrameBatch> Of(IReadOnlyList<Frame> frames)
    {
        ArgumentNullException.ThrowIfNull(frames);
        return [.. frames.GroupBy(frame => frame.Trial).SelectMany(trial => Runs(trial).Select(run => Batch(trial.Key, run)))];
    }

    // A gap in the numbers starts a new batch, and so does another length: merged frames cover several.
    private static IEnumerable<List<Frame>> Runs(IEnumerable<Frame> frames)
    {
        List<Frame> run = [];
        foreach (var frame in frames)
        {
            if (run.Count > 0 && (frame.Number != run[^1].Number + Covered(run[^1]) || Covered(frame) != Covered(run[^1])))
            {
                yield return run;
                run = [];
            }

            run.Add(frame);
        }

        if (run.Count > 0)
            yield return run;
    }

    private static FrameBatch Batch(int trial, List<Frame> frames)
    {
        var together = (frames.Count + MaximumPoints - 1) / MaximumPoints;
        var points = frames.Chunk(together).ToList();
        var workers = frames.Max(frame => frame.Workers.Count);
        return new FrameBatch(
            trial,
            frames[0].Number,
            together * Covered(frames[0]),
            [.. points.Select(point => point.Sum(frame => frame.Tasks))],
            [.. points.Select(point => Rounded(Duration(point)))],
            [.. points.Select(point => Rounded(point.Max(frame => frame.P50Ms)))],
            [.. points.Select(point => Rounded(point.Max(frame => frame.P95Ms)))],
            [.. points.Select(point => Rounded(point.Max(frame => frame.P99Ms)))],
            [.. points.Select(point => Rounded(point.Sum(frame => frame.CpuUserMs) / Duration(point)))],
            [.. points.Select(point => Rounded(point.Sum(frame => frame.CpuSystemMs) / Duration(point)))],
            [.. points.Select(point => point.Max(frame => frame.MemoryBytes))],
            [.. Enumerable.Range(0, workers).Select(worker => string.Concat(points.Select(point => Letter(point, worker))))],
            [.. Enumerable.Range(0, workers).Select(worker => Rounded(points[^1].Average(frame => worker < frame.Workers.Count ? frame.Workers[worker].Busy : 0)))]);
    }

    private static int Covered(Frame frame) => Math.Max(1, (int)Math.Ceiling((frame.DurationMs - 1) / Frame.LengthMs));

    private static double Duration(Frame[] point) => Math.Max(1, point.Sum(frame => frame.DurationMs));

    // Four digits are more than a pixel shows, and a third of the text.
    private static double Rounded(double value) => value == 0 || !double.IsFinite(value) ? 0 : Math.Round(value, Math.Clamp(3 - (int)Math.Floor(Math.Log10(Math.Abs(value))), 0, 9));

    /// <summary>What a worker did most of the time.</summary>
    private static char Letter(Frame[] point, int worker) => point
        .Select(frame => worker < frame.Workers.Count ? frame.Workers[worker].State : WorkerState.Idle)
        .GroupBy(state => state).OrderByDescending(states => states.Count()).First().Key switch
    {
        WorkerState.Running => 'r',
        WorkerState.Waiting => 'w',
        WorkerState.Gone => 'g',
        _ => 'i',
    };

    // Two viewers may write the same at once; either is good.
    private sealed class Messages
    {
        public SharedJson? Whole { get; set; }

        public SharedJson? Next { get; set; }
    }
}
