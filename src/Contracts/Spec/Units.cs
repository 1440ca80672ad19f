using System.Globalization;

namespace Brigade.Contracts.Spec;

/// <summary>Durations (<c>500ms</c>, <c>5s</c>, <c>2m</c>, <c>1h</c>), sizes (<c>64KiB</c>, <c>1GB</c>, plain bytes) and rates (<c>500/s</c>, <c>30/m</c>, <c>10/h</c>, plain per second) as people write them.</summary>
public static class Units
{
    internal const string DurationForm = "write a number with a unit of ms, s, m or h, for example '500ms' or '5s'";
    internal const string SizeForm = "write a whole number of bytes, or a number with a unit of B, KB, MB, GB, KiB, MiB or GiB, for example '64KiB'";
    internal const string RateForm = "write a number per second, minute or hour, for example '500/s', '30/m' or '10/h'";

    internal const string RatioForm = "write a share, for example '1%' or '0.01', from 0 to 1";

    private static readonly (string Name, decimal Ticks)[] DurationUnits =
    [
        ("ms", TimeSpan.TicksPerMillisecond), ("s", TimeSpan.TicksPerSecond), ("m", TimeSpan.TicksPerMinute), ("h", TimeSpan.TicksPerHour),
    ];

    private static readonly (string Name, decimal Bytes)[] SizeUnits =
    [
        ("B", 1), ("KiB", 1L << 10), ("MiB", 1L << 20), ("GiB", 1L << 30), ("TiB", 1L << 40), ("KB", 1_000), ("MB", 1_000_000), ("GB", 1_000_000_000), ("TB", 1_000_000_000_000),
    ];

    private static readonly (string Name, double Seconds)[] RateUnits = [("/s", 1), ("/m", 60), ("/h", 3600)];

    /// <summary>A duration of zero or more, exact to 100 ns; false where there is no unit or it is none of these.</summary>
    public static bool TryParseDuration(string text, out TimeSpan duration)
    {
        duration = default;
        if (!TrySplit(text, out var number, out var unit) || !TryScale(number, unit, DurationUnits, out var ticks))
        {
            return false;
        }

        duration = TimeSpan.FromTicks(ticks);
        return true;
    }

    public static string FormatDuration(TimeSpan duration)
    {
        var ticks = duration.Ticks;
        var unit = ticks != 0 && ticks % TimeSpan.TicksPerHour == 0 ? 3
            : ticks % TimeSpan.TicksPerMinute == 0 && Math.Abs(ticks) > TimeSpan.TicksPerMinute ? 2
            : ticks % TimeSpan.TicksPerSecond == 0 ? 1
            : 0;
        return (ticks / DurationUnits[unit].Ticks).ToString(CultureInfo.InvariantCulture) + DurationUnits[unit].Name;
    }

    /// <summary>A size in bytes; false where it is no whole number of bytes of zero or more.</summary>
    public static bool TryParseSize(string text, out long bytes)
    {
        bytes = 0;
        return TrySplit(text, out var number, out var unit) && TryScale(number, unit.Length == 0 ? "B" : unit, SizeUnits, out bytes);
    }

    public static string FormatSize(long bytes)
    {
        var (name, size) = SizeUnits.Where(unit => unit.Name.EndsWith("iB", StringComparison.Ordinal)).LastOrDefault(unit => bytes != 0 && bytes % unit.Bytes == 0);
        return name is null ? bytes.ToString(CultureInfo.InvariantCulture) : (bytes / size).ToString(CultureInfo.InvariantCulture) + name;
    }

    /// <summary>A rate per second; false where it is no finite number of zero or more, or has another unit.</summary>
    public static bool TryParseRate(string text, out double perSecond)
    {
        perSecond = 0;
        text = text.Trim();
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var (number, unit) = slash < 0 ? (text, "/s") : (text[..slash].TrimEnd(), text[slash..]);
        var seconds = RateUnits.FirstOrDefault(candidate => string.Equals(candidate.Name, unit, StringComparison.Ordinal)).Seconds;
        if (seconds == 0 || !double.TryParse(number, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var value) || !double.IsFinite(value))
        {
            return false;
        }

        perSecond = value / seconds;
        return true;
    }

    public static string FormatRate(double perSecond)
    {
        foreach (var (name, seconds) in RateUnits)
        {
            var whole = Math.Round(perSecond * seconds);
            if (whole < 1e15 && whole / seconds == perSecond)
            {
                return whole.ToString(CultureInfo.InvariantCulture) + name;
            }
        }

        return perSecond.ToString("R", CultureInfo.InvariantCulture) + "/s";
    }

    /// <summary>A share from 0 to 1, also as a percentage.</summary>
    public static bool TryParseRatio(string text, out double ratio)
    {
        ratio = 0;
        text = text.Trim();
        var isPercent = text.EndsWith('%');
        if (!decimal.TryParse(isPercent ? text[..^1].TrimEnd() : text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var number) || number > (isPercent ? 100 : 1))
        {
            return false;
        }

        // Parsed again where it is plain: a conversion from decimal is not the nearest double.
        ratio = isPercent ? (double)(number / 100) : double.Parse(text, CultureInfo.InvariantCulture);
        return true;
    }

    /// <summary>A percentage; the plain number where a percentage would not read as the same.</summary>
    public static string FormatRatio(double ratio)
    {
        var plain = ratio.ToString("R", CultureInfo.InvariantCulture);
        var percent = Math.Abs(ratio) < 1e6 ? ((decimal)ratio * 100).ToString("0.##########################", CultureInfo.InvariantCulture) + "%" : plain;
        return TryParseRatio(percent, out var read) && read == ratio ? percent : plain;
    }

    private static bool TrySplit(string text, out decimal number, out string unit)
    {
        text = text.Trim();
        var end = text.AsSpan().IndexOfAnyExcept("0123456789.");
        unit = end < 0 ? "" : text[end..].TrimStart();
        return decimal.TryParse(end < 0 ? text : text[..end], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number);
    }

    private static bool TryScale(decimal number, string unit, (string Name, decimal Factor)[] units, out long whole)
    {
        whole = 0;
        var factor = units.FirstOrDefault(candidate => string.Equals(candidate.Name, unit, StringComparison.Ordinal)).Factor;
        if (factor == 0 || number > long.MaxValue / factor)
        {
            return false;
        }

        var scaled = number * factor;
        whole = (long)scaled;
        return scaled == whole;
    }
}
