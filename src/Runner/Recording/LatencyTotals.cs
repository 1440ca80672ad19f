using Brigade.Contracts.Runs;

namespace Brigade.Runner.Recording;

/// <summary>All latencies of a trial, of one kind.</summary>
/// <param name="kind"><c>service</c> from the actual start, <c>response</c> from the intended start.</param>
internal sealed class LatencyTotals(string kind)
{
    private readonly RecordedHistogram _histogram = HistogramCodec.Create();
    private long _count;
    private long _maximum;
    private double _sum;

    /// <summary>Takes in one.</summary>
    /// <param name="latency">Nanoseconds.</param>
    public void Add(long latency)
    {
        _histogram.RecordValue(Math.Clamp(latency, 1, HistogramCodec.HighestNs));
        Count(latency);
    }

    /// <summary>Takes in one whose histogram comes later: recorded once, in its frame's.</summary>
    /// <param name="latency">Nanoseconds.</param>
    public void Count(long latency)
    {
        _count++;
        _sum += latency;
        _maximum = Math.Max(_maximum, latency);
    }

    /// <summary>The histogram of many that were counted.</summary>
    public void Add(RecordedHistogram counted) => _histogram.Add(counted);

    /// <summary>The same with the histograms of those that were only counted until now.</summary>
    public LatencyTotals With(IEnumerable<RecordedHistogram> counted)
    {
        var rest = counted.ToList();
        if (rest.Count == 0)
        {
            return this;
        }

        var whole = new LatencyTotals(kind) { _count = _count, _sum = _sum, _maximum = _maximum };
        whole.Add(_histogram);
        rest.ForEach(whole.Add);
        return whole;
    }

    /// <summary>In milliseconds; 0 where there is none.</summary>
    public double Percentile(double percentile) => _count == 0 ? 0 : _histogram.GetValueAtPercentile(percentile) / 1e6;

    public Latency ToLatency() => _count == 0 ? new Latency { Kind = kind } : new Latency
    {
        Kind = kind,
        P50Ms = Percentile(50),
        P90Ms = Percentile(90),
        P95Ms = Percentile(95),
        P99Ms = Percentile(99),
        P999Ms = Percentile(99.9),
        MaxMs = _maximum / 1e6,
        MeanMs = _sum / _count / 1e6,
    };

    /// <inheritdoc cref="RecordedHistogram.Encode"/>
    public byte[] Encode() => _histogram.Encode();
}
