using Brigade.Runner.Protocol;

namespace Brigade.Runner.Recording;

/// <summary>One look at all processes of a trial. Counters only grow from one sample of a trial to the next.</summary>
/// <param name="At">Monotonic nanoseconds.</param>
/// <param name="Workers">By worker number.</param>
internal sealed record ProcessSample(long At, double CpuUserMs, double CpuSystemMs, long MemoryBytes, long SwitchesVoluntary, long SwitchesInvoluntary, IReadOnlyList<WorkerSample> Workers);

/// <param name="State">Letter of proc(5): R on a processor or ready, S and D waiting, Z and 0 ended.</param>
/// <param name="CpuNs">Nanoseconds on a processor since the thread began; null where the worker has no thread of its own.</param>
internal readonly record struct WorkerSample(char State, long? CpuNs)
{
    public bool IsGone => State is '\0' or 'Z' or 'X';
}

/// <summary>Looks at the processes of one trial. Behind an interface so that recording can be tested with known samples.</summary>
internal interface IProcessSampler : IDisposable
{
    ProcessSample Sample();

    /// <summary>Makes the next sample look for processes, threads and shared memory afresh.</summary>
    void Recount();

    /// <summary>Tells which threads are the workers.</summary>
    void Watch(IReadOnlyList<WorkerIdentity> workers);

    /// <summary>Tells that a worker was lost and another thread has its place. Its processor time goes on from what the lost one had used.</summary>
    void Replace(WorkerIdentity worker);
}
