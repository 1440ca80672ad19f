using Brigade.Contracts.Runs;

namespace Brigade.Web.Live;

/// <summary>Consecutive frames of one trial as one: counts and times are summed, percentiles and memory keep their largest value, because percentiles must not be averaged.</summary>
internal static class FrameMerge
{
    /// <param name="frames">At least one, in order.</param>
    public static Frame Of(IReadOnlyList<Frame> frames) => frames[0] with
    {
        DurationMs = frames.Sum(frame => frame.DurationMs),
        Tasks = frames.Sum(frame => frame.Tasks),
        Errors = frames.Sum(frame => frame.Errors),
        P50Ms = frames.Max(frame => frame.P50Ms),
        P95Ms = frames.Max(frame => frame.P95Ms),
        P99Ms = frames.Max(frame => frame.P99Ms),
        Histogram = [],
        CpuUserMs = frames.Sum(frame => frame.CpuUserMs),
        CpuSystemMs = frames.Sum(frame => frame.CpuSystemMs),
        MemoryBytes = frames.Max(frame => frame.MemoryBytes),
        SwitchesVoluntary = frames.Sum(frame => frame.SwitchesVoluntary),
        SwitchesInvoluntary = frames.Sum(frame => frame.SwitchesInvoluntary),
        Workers = [.. frames
            .SelectMany(frame => frame.Workers.Select(worker => (Worker: worker, frame.DurationMs)))
            .GroupBy(part => part.Worker.Worker)
            .OrderBy(worker => worker.Key)
            .Select(worker => Worker([.. worker]))],
        Spans = SpanMerge.Of(frames),
    };

    private static WorkerFrame Worker(IReadOnlyList<(WorkerFrame Frame, double DurationMs)> parts) => new(
        parts[0].Frame.Worker,
        parts.GroupBy(part => part.Frame.State).MaxBy(state => state.Sum(part => part.DurationMs))!.Key,
        Mean(parts.Select(part => (part.Frame.Busy, part.DurationMs))) ?? 0,
        Mean(parts.Where(part => part.Frame.Cpu is not null).Select(part => (part.Frame.Cpu!.Value, part.DurationMs))),
        parts.Sum(part => part.Frame.Tasks));

    private static double? Mean(IEnumerable<(double Value, double Weight)> shares)
    {
        var (sum, weight) = (0.0, 0.0);
        foreach (var share in shares)
            (sum, weight) = (sum + (share.Value * share.Weight), weight + share.Weight);
        return weight > 0 ? sum / weight : null;
    }
}
