using Brigade.Runner.Protocol;

namespace Brigade.Runner.Recording;

/// <summary>One look at all processes of a trial. Counters only grow from one sample of a trial to the next.</summary>
/// <param name="At">Monotonic nanoseconds.</param>
/// <param name="Workers">By worker number.</param>
internal sealed record ProcessSample(long At, double CpuUserMs, double CpuSystemMs, long MemoryBytes, long SwitchesVoluntary, long SwitchesInvoluntary, IReadOnlyList<WorkerSample> Workers)
{
    /// <summary>Nanoseconds that all threads together were ready to run and had no processor; null where it was not looked at, because workers have threads of their own.</summary>
    public long? RunDelayNs { get; init; }
}

/// <param name="State">Letter of proc(5): R on a processor or ready, S and D waiting, Z and 0 ended.</param>
/// <param name="CpuNs">Nanoseconds on a processor since the thread began; null where the worker has no thread of its own.</param>
/// <param name="DelayNs">Nanoseconds that the thread was ready to run and had no processor; null where the worker has no thread of its own.</param>
internal readonly record struct WorkerSample(char State, long? CpuNs, long? DelayNs = null)
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
