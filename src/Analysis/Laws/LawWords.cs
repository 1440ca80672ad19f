using Brigade.Analysis.View;

namespace Brigade.Analysis.Laws;

/// <summary>Fitted laws in plain sentences.</summary>
public static class LawWords
{
    /// <summary>Where the curve peaks, and whether that was measured; a peak beyond or below what was measured is never advice.</summary>
    public static string Peak(UslFit fit)
    {
        var largest = Naming.Number(fit.LargestMeasured);
        if (fit.PeakWorkers is not { } peak)
            return fit.Intervals.PeakWorkers.Low > fit.LargestMeasured
                ? $"The fitted curve has no peak: up to the {largest} workers that were measured more of them always did more."
                : $"The fitted curve has no peak up to the {largest} workers that were measured, but the points allow one from {Naming.Number(fit.Intervals.PeakWorkers.Low)} workers on.";

        var interval = fit.Intervals.PeakWorkers is { High: { } high } ends
            ? $"95 % interval {Naming.Number(ends.Low)} to {Naming.Number(high)}"
            : $"95 % interval from {Naming.Number(fit.Intervals.PeakWorkers.Low)}, without an upper end";
        return fit.PeakIsMeasured ? $"The fitted curve peaks at {Naming.Number(peak)} workers ({interval}); more do less."
            : peak < fit.SmallestMeasured
            ? $"The fitted curve would peak at {Naming.Number(peak)} workers ({interval}), but no fewer than {Naming.Number(fit.SmallestMeasured)} were measured: that is an extrapolation, not advice."
            : $"The fitted curve would peak at {Naming.Number(peak)} workers ({interval}), but no more than {largest} were measured: that is an extrapolation, not advice.";
    }
}
