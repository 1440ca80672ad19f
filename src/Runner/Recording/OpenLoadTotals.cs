using Brigade.Contracts.Runs;

namespace Brigade.Runner.Recording;

/// <summary>What only an open load has: latencies from the actual start beside those from the intended one, and how late tasks started.</summary>
internal sealed class OpenLoadTotals
{
    private readonly LatencyTotals _uncorrected = new("service");
    private readonly LatencyTotals _lateness = new("service");

    /// <param name="start">When the task started; nanoseconds, as the others.</param>
    public void Add(long intended, long start, long end)
    {
        _uncorrected.Add(end - start);
        _lateness.Add(start - intended);
    }

    public Latency Uncorrected() => _uncorrected.ToLatency();

    public byte[] UncorrectedHistogram() => _uncorrected.Encode();

    public double SchedulingP99Ms() => _lateness.Percentile(99);
}
