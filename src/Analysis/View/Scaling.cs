using System.Globalization;

namespace Brigade.Analysis.View;

/// <summary>
/// Whether more workers did more of the work. For work that computes it is decided by the median speed-up and by the processors that were used, which noise moves least;
/// the intervals decide how certain the words are.
/// </summary>
internal static class Scaling
{
    /// <summary>From this speed-up on, more workers pay.</summary>
    public const double Pays = 1.2;

    /// <summary>Below this speed-up, workers that shared one processor did not pay. Higher than <see cref="Pays"/>, because on one processor a gain can only be noise.</summary>
    public const double NoScaling = 1.3;

    /// <summary>Up to this many processors in use count as one: a runtime's own threads take a little beside it.</summary>
    public const double OneProcessor = 1.25;

    /// <summary>No noise explains a ratio this large, so that one repetition is enough.</summary>
    public const double BeyondNoise = 3;

    /// <summary>Below this share of the processor time that their baseline had, other work kept the workers even from that.</summary>
    private const double FairShare = 0.75;

    /// <summary>Below this many processors a cell had so little that it tells nothing about how many it could use.</summary>
    private const double HalfProcessor = 0.6;

    /// <summary>From this speed-up on, a reader would ask where the gain comes from.</summary>
    private const double NoticeableGain = 1.1;

    /// <summary>The high over the low end of a speed-up from which on it is told as rough.</summary>
    private const double Rough = 1.4;

    /// <summary>Of work that computes: more of it, on clearly more than one processor, measured at least twice.</summary>
    public static bool Scales(CellView cell) => cell.IsRepeated && cell.Result.Speedup >= Pays && cell.CpuUtilisation > OneProcessor;

    /// <summary>Of work that computes: no more of it, on about one processor.</summary>
    public static bool DoesNotScale(CellView cell) => cell.Result.Speedup < NoScaling && cell.CpuUtilisation <= OneProcessor;

    /// <summary>Whether the repetitions alone show that it did more than its baseline: the intervals do not overlap.</summary>
    public static bool IsFaster(CellView cell) => cell.IsRepeated ? cell.SpeedupLow >= 1 : cell.Result.Speedup >= BeyondNoise;

    /// <summary>Whether the repetitions alone show that it did less than its baseline.</summary>
    public static bool IsSlower(CellView cell) => cell.IsRepeated ? cell.SpeedupHigh < 1 : cell.Result.Speedup <= 1 / BeyondNoise;

    /// <summary>Whether the workers had about the processor time that their baseline had; else other work may have had its part in how little they did.</summary>
    public static bool HadItsShare(CellView cell) => cell.CpuUtilisation >= Math.Max(HalfProcessor, FairShare * (cell.Baseline?.Median.CpuUtilisation ?? 1));

    /// <summary>"1.02 times", or "about 1.0 times" where it is rough.</summary>
    public static string Factor(CellView cell) => IsRough(cell)
        ? "about " + cell.Result.Speedup!.Value.ToString(cell.Result.Speedup < 0.1 ? "0.00" : "#,0.0", CultureInfo.InvariantCulture) + " times"
        : Naming.Times(cell.Result.Speedup!.Value);

    /// <summary>How rough the factor is, as a sentence after a space; empty where it is not.</summary>
    public static string Caveat(CellView cell) => (IsRough(cell), cell.IsRepeated) switch
    {
        (false, _) => "",
        (true, false) => " It rests on one repetition, which does not tell how much the factor varies.",
        _ when double.IsFinite(cell.SpeedupHigh ?? 0) => $" The factor is rough: the repetitions allow {Naming.Number(cell.SpeedupLow ?? 0)} to {Naming.Number(cell.SpeedupHigh ?? 0)}.",
        _ => " The factor is rough: the repetitions differ widely.",
    };

    /// <summary>As <see cref="Caveat"/>, for a cell that does not scale: also that what it seems to gain cannot be one, where it used no more than a whole processor.</summary>
    public static string NoGain(CellView cell) =>
        (cell.Result.Speedup >= NoticeableGain && cell.CpuUtilisation <= NoticeableGain ? " One processor cannot do more work than it does one after the other, so what looks like a gain is noise." : "") + Caveat(cell);

    /// <summary>The least and the largest factor that the repetitions allow as " (3.86 to 21)"; empty where the factor is not rough.</summary>
    public static string Range(CellView cell) =>
        IsRough(cell) && cell.IsRepeated && double.IsFinite(cell.SpeedupHigh ?? 0) ? $" ({Naming.Number(cell.SpeedupLow ?? 0)} to {Naming.Number(cell.SpeedupHigh ?? 0)} by the repetitions)" : "";

    private static bool IsRough(CellView cell) => !cell.IsRepeated || !(cell.SpeedupHigh <= cell.SpeedupLow * Rough);
}
