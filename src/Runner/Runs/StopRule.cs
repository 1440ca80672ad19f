using System.Globalization;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;

namespace Brigade.Runner.Runs;

/// <summary>Says when a cell is known well enough: when the relative standard error of its mean throughput is below the bound; for an open load, whose throughput is given, that of its mean latency.</summary>
internal sealed class StopRule(StopSpec? stop, bool isOpenLoad)
{
    private readonly Dictionary<int, List<double>> _measured = [];

    /// <summary>Takes in a trial that ended; only those that completed count.</summary>
    public void Add(TrialResult result)
    {
        if (result.Status == TrialStatus.Completed)
        {
            _measured.TryAdd(result.Cell, []);
            _measured[result.Cell].Add(isOpenLoad ? result.Latency.MeanMs ?? 0 : result.ThroughputPerSecond);
        }
    }

    /// <summary>Why the cell needs no further repetition, as a sentence; null where it does.</summary>
    public string? Enough(int cell, int repeat)
    {
        if (stop is null || !_measured.TryGetValue(cell, out var values) || values.Count < stop.AtLeast || RelativeError(values) is not { } error || error >= stop.RelativeError)
        {
            return null;
        }

        return string.Create(
            CultureInfo.InvariantCulture,
            $"{values.Count} of {repeat} repetitions were enough: the mean {(isOpenLoad ? "latency" : "throughput")} is known to {error * 100:0.##} %, and stop.relativeError asks for {stop.RelativeError * 100:0.##} %.");
    }

    /// <summary>The standard error of the mean over the mean; null where that says nothing.</summary>
    internal static double? RelativeError(IReadOnlyList<double> values)
    {
        var mean = values.Average();
        if (values.Count < 2 || !(mean > 0))
        {
            return null;
        }

        var variance = values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1);
        return Math.Sqrt(variance / values.Count) / mean;
    }
}
