using Brigade.Contracts.Runs;

namespace Brigade.Web.Live;

/// <summary>The tasks of consecutive frames that become one: of each worker every n-th one, so that no more are left than one frame may have.</summary>
internal static class SpanMerge
{
    /// <param name="frames">At least one, in order.</param>
    public static TaskSpans? Of(IReadOnlyList<Frame> frames)
    {
        var count = frames.Sum(frame => frame.Spans?.Count ?? 0);
        if (count == 0)
            return null;
        var tasks = frames.SelectMany(frame => Tasks(frame, frame.Number - frames[0].Number)).GroupBy(task => task.Worker).OrderBy(worker => worker.Key);
        List<Shown> kept = [.. tasks.SelectMany(worker => Thin([.. worker], (count + TaskSpans.MostPerFrame - 1) / TaskSpans.MostPerFrame))];
        return new TaskSpans(
            [.. kept.Select(task => task.Worker)],
            [.. kept.Select(task => task.Start)],
            [.. kept.Select(task => task.Duration)],
            [.. kept.Index().Where(task => task.Item.IsError).Select(task => task.Index)]);
    }

    private static IEnumerable<Shown> Tasks(Frame frame, int offset)
    {
        if (frame.Spans is not { } spans)
            yield break;
        var errors = spans.Errors.ToHashSet();
        for (var i = 0; i < spans.Count; i++)
            yield return new Shown(spans.Workers[i], spans.Starts[i] + (offset * TaskSpans.UnitsPerFrame), spans.Durations[i], errors.Contains(i));
    }

    // Rounded down where it does not divide, so that the bound holds; a worker keeps its first task as long as there is room for one of each.
    private static IEnumerable<Shown> Thin(List<Shown> tasks, int step)
    {
        if (step == 1)
            return tasks;
        var most = Math.Max(1, tasks.Count / step);
        return Enumerable.Range(0, most).Select(i => tasks[(int)((long)i * tasks.Count / most)]);
    }

    private readonly record struct Shown(int Worker, long Start, long Duration, bool IsError);
}
