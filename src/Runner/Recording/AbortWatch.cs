using System.Globalization;
using System.Runtime.InteropServices;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;
using HdrHistogram;

namespace Brigade.Runner.Recording;

/// <summary>
/// Looks each second whether the conditions under which a run goes on still hold: latency, errors and throughput over the last five seconds, the number of errors and the
/// peak of memory over the whole trial. A condition on latency or on the share of errors says nothing while no task ended.
/// Fed by the thread that closes frames.
/// </summary>
internal sealed class AbortWatch
{
    private const int FramesPerLook = 10;
    private const int Seconds = 5;

    private readonly (string Text, Threshold Condition)[] _conditions;
    private readonly RecordedHistogram[] _latencies;
    private readonly Second[] _seconds = new Second[Seconds];
    private int _frames;
    private long _errors;
    private long _memory;

    private AbortWatch((string Text, Threshold Condition)[] conditions)
    {
        _conditions = conditions;

        // Only where they are asked for: they are 270 KiB each.
        var needsLatency = Array.Exists(conditions, condition => condition.Condition.Metric.StartsWith("latency.", StringComparison.Ordinal));
        _latencies = needsLatency ? [.. Enumerable.Range(0, Seconds).Select(_ => HistogramCodec.Create())] : [];
    }

    /// <summary>Which condition does not hold, as a clause; null as long as all do.</summary>
    public string? Broken { get; private set; }

    /// <summary>Null where a spec has no conditions.</summary>
    public static AbortWatch? Of(ExperimentSpec spec)
    {
        var conditions = spec.Abort.Select(text => (text, Condition: Threshold.TryParse(text, out var threshold, out _) ? threshold : null)).Where(pair => pair.Condition is not null);
        (string, Threshold)[] parsed = [.. conditions.Select(pair => (pair.text, pair.Condition!))];
        return parsed.Length == 0 ? null : new AbortWatch(parsed);
    }

    /// <summary>Takes in a frame.</summary>
    /// <param name="latencies">Those of its tasks, in nanoseconds; null where none ended.</param>
    public void Add(Frame frame, RecordedHistogram? latencies)
    {
        var place = _frames / FramesPerLook % Seconds;
        if (_frames % FramesPerLook == 0)
        {
            _seconds[place] = default;
            _latencies.ElementAtOrDefault(place)?.Reset();
        }

        _seconds[place].Tasks += frame.Tasks;
        _seconds[place].Errors += frame.Errors;
        _seconds[place].DurationMs += frame.DurationMs;
        if (latencies is not null && _latencies.Length > 0)
        {
            _latencies[place].Add(latencies);
        }

        _errors += frame.Errors;
        _memory = Math.Max(_memory, frame.MemoryBytes);
        _frames++;
        if (_frames % FramesPerLook == 0)
        {
            Look();
        }
    }

    /// <summary>Looks at once, as at the end of a trial; what was found before stays.</summary>
    public void Look()
    {
        if (Broken is not null || _frames == 0)
        {
            return;
        }

        var last = new Second();
        foreach (var second in _seconds)
        {
            last.Tasks += second.Tasks;
            last.Errors += second.Errors;
            last.DurationMs += second.DurationMs;
        }

        foreach (var (text, condition) in _conditions)
        {
            if (Value(condition.Metric, last) is { } value && !condition.Holds(value))
            {
                Broken = $"{condition.Metric} is {Text(condition.Metric, value)}{(condition.Metric is "errors.count" or "memory.peak" ? "" : string.Create(CultureInfo.InvariantCulture, $" over the last {last.DurationMs / 1000:0.#} s"))}, and abort says '{text.Trim()}'";
                return;
            }
        }
    }

    private double? Value(string metric, Second last) => metric switch
    {
        "errors.count" => _errors,
        "memory.peak" => _memory,
        "errors.ratio" => last.Tasks > 0 ? (double)last.Errors / last.Tasks : null,
        "throughput" => last.DurationMs > 0 ? (last.Tasks - last.Errors) / last.DurationMs * 1000 : null,
        _ => last.Tasks > 0 ? Latency(metric) : null,
    };

    private double Latency(string metric)
    {
        var all = HistogramCodec.Create();
        foreach (var second in _latencies)
        {
            all.Add(second);
        }

        var nanoseconds = metric switch
        {
            "latency.p50" => all.GetValueAtPercentile(50),
            "latency.p90" => all.GetValueAtPercentile(90),
            "latency.p95" => all.GetValueAtPercentile(95),
            "latency.p99" => all.GetValueAtPercentile(99),
            "latency.p999" => all.GetValueAtPercentile(99.9),
            "latency.max" => all.GetMaxValue(),
            _ => all.GetMean(),
        };
        return nanoseconds / 1e6;
    }

    private static string Text(string metric, double value) => metric switch
    {
        "errors.count" => string.Create(CultureInfo.InvariantCulture, $"{value:#,0}"),
        "errors.ratio" => string.Create(CultureInfo.InvariantCulture, $"{value * 100:0.##} %"),
        "memory.peak" => string.Create(CultureInfo.InvariantCulture, $"{value / (1 << 20):0.#} MiB"),
        "throughput" => string.Create(CultureInfo.InvariantCulture, $"{value:#,0.##}/s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{value:#,0.###} ms"),
    };

    [StructLayout(LayoutKind.Auto)]
    private record struct Second(long Tasks, long Errors, double DurationMs);
}
