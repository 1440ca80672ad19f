namespace Brigade.Runner.Recording;

/// <summary>What the processes of a trial used within one frame.</summary>
/// <param name="Workers">The last sample of each worker.</param>
/// <param name="WorkerCpuNs">Nanoseconds on a processor of each worker within the frame; null where it has no thread of its own.</param>
internal sealed record FrameUsage(double UserMs, double SystemMs, long MemoryBytes, long Voluntary, long Involuntary, IReadOnlyList<WorkerSample> Workers, IReadOnlyList<long?> WorkerCpuNs);
