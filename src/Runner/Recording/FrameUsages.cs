namespace Brigade.Runner.Recording;

/// <summary>Differences of samples.</summary>
internal static class FrameUsages
{
    /// <summary>What was used between two samples, per frame where several frames lie between.</summary>
    public static FrameUsage Between(ProcessSample from, ProcessSample to, int frames)
    {
        var cpu = new long?[to.Workers.Count];
        for (var worker = 0; worker < cpu.Length; worker++)
        {
            var before = worker < from.Workers.Count ? from.Workers[worker].CpuNs : null;
            cpu[worker] = to.Workers[worker].CpuNs is { } after ? Math.Max(0, after - (before ?? 0)) / frames : null;
        }

        return new FrameUsage(
            (to.CpuUserMs - from.CpuUserMs) / frames,
            (to.CpuSystemMs - from.CpuSystemMs) / frames,
            to.MemoryBytes,
            (to.SwitchesVoluntary - from.SwitchesVoluntary) / frames,
            (to.SwitchesInvoluntary - from.SwitchesInvoluntary) / frames,
            to.Workers,
            cpu);
    }

    public static FrameUsage Add(FrameUsage first, FrameUsage second) => new(
        first.UserMs + second.UserMs,
        first.SystemMs + second.SystemMs,
        second.MemoryBytes,
        first.Voluntary + second.Voluntary,
        first.Involuntary + second.Involuntary,
        second.Workers,
        [.. first.WorkerCpuNs.Zip(second.WorkerCpuNs, (one, other) => one + other)]);
}
