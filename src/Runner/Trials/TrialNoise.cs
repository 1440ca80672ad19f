using System.Diagnostics;
using System.Globalization;
using Brigade.Contracts.Runs;
using Brigade.Runner.Runtimes;

namespace Brigade.Runner.Trials;

/// <summary>What disturbed a trial while it was measured: other work on its processors, and a quota of the control group.</summary>
/// <param name="processors">Those that the trial may use.</param>
internal sealed class TrialNoise(IReadOnlyList<int> processors)
{
    /// <summary>The kernel counts in ticks of 10 ms: they tell nothing of a shorter time.</summary>
    private const double ShortestMs = 300;

    /// <summary>From this share of the trial's processors on, other work is told.</summary>
    private const double NotableLoad = 0.25;

    /// <summary>From this share of the time on, throttling is told.</summary>
    private const double NotableThrottling = 0.01;

    /// <summary>From this change of the throughput on, it is told.</summary>
    private const double NotableDrift = 0.2;

    private string _statBefore = "";
    private TimeSpan _ownBefore;
    private double? _throttledBefore;
    private long _begin;
    private double _busy;
    private double _ownMs;
    private double _wallMs;

    /// <summary>How long the quota kept the group from running; null where there is no quota.</summary>
    public double? ThrottledMs { get; private set; }

    public void Begin()
    {
        (_statBefore, _ownBefore, _throttledBefore) = (Stat(), Environment.CpuUsage.TotalTime, ControlGroup.ThrottledMs());
        _begin = Stopwatch.GetTimestamp();
    }

    public void End()
    {
        if (_begin == 0)
        {
            return;
        }

        _wallMs = Stopwatch.GetElapsedTime(_begin).TotalMilliseconds;
        _busy = OtherLoad.Busy(_statBefore, Stat(), processors.ToHashSet());
        _ownMs = (Environment.CpuUsage.TotalTime - _ownBefore).TotalMilliseconds;
        ThrottledMs = ControlGroup.ThrottledMs() - _throttledBefore;
    }

    /// <summary>Processors that neither the trial nor this runner kept busy; null where the trial was too short to tell.</summary>
    /// <param name="cpuMs">Processor time of the trial meanwhile.</param>
    public double? Other(double cpuMs) => _wallMs < ShortestMs ? null : Math.Clamp(_busy - ((cpuMs + _ownMs) / _wallMs), 0, processors.Count);

    /// <summary>What of it a reader should know, in sentences.</summary>
    public IEnumerable<string> Sentences(TrialResult result)
    {
        if (result.Tasks <= 1)
        {
            yield break; // one task is tried, not measured
        }

        if (result.OtherLoad > Math.Max(NotableLoad, NotableLoad * processors.Count))
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"Other programs kept {result.OtherLoad:0.0} of {processors.Count} processors busy while it was measured.");
        }

        if (result.ThrottledMs > NotableThrottling * _wallMs)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"The processor quota of its container kept it from running for {result.ThrottledMs:0} ms.");
        }

        if (result.Drift is { } drift && Math.Abs(drift) >= NotableDrift)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"Its throughput {(drift < 0 ? "fell" : "rose")} by {Math.Abs(drift) * 100:0} % from the first third of its time to the last: it was not steady.");
        }
    }

    private static string Stat()
    {
        try
        {
            return File.ReadAllText("/proc/stat");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
