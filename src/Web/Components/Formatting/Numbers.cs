using System.Globalization;

namespace Brigade.Web.Components.Formatting;

/// <summary>The one place that turns figures into text: three significant digits, a unit that fits, a narrow space between thousands.</summary>
public static class Numbers
{
    /// <summary>What stands where there is no figure.</summary>
    public const string None = "–";

    private static readonly NumberFormatInfo Format = new() { NumberGroupSeparator = "\u202f", NumberDecimalSeparator = ".", NegativeSign = "−" };
    private static readonly string[] ByteUnits = ["B", "KiB", "MiB", "GiB", "TiB"];

    /// <summary>A whole count in full, for example <c>12 345</c>.</summary>
    public static string Count(long value) => value.ToString("#,0", Format);

    /// <summary>For example <c>12 tasks</c>, <c>1 task</c>.</summary>
    public static string Count(long value, string singular, string? plural = null) => $"{Count(value)} {(value == 1 ? singular : plural ?? singular + "s")}";

    /// <summary>Three significant digits, <c>k</c> and <c>M</c> from ten thousand on.</summary>
    public static string Short(double value) => Math.Abs(value) switch
    {
        double.NaN or double.PositiveInfinity => None,
        >= 999_500 => Three(value / 1e6) + " M",
        >= 10_000 => Three(value / 1e3) + " k",
        _ => Three(value),
    };

    /// <summary>For example <c>1.25 k/s</c>.</summary>
    public static string Rate(double perSecond) => double.IsFinite(perSecond) ? Short(perSecond) + "/s" : None;

    /// <summary>A duration in milliseconds in the unit that fits: µs, ms, s, min or h.</summary>
    public static string Time(double milliseconds) => Math.Abs(milliseconds) switch
    {
        double.NaN or double.PositiveInfinity => None,
        0 => "0 ms",
        < 0.9995 => Three(milliseconds * 1000) + " µs",
        < 999.5 => Three(milliseconds) + " ms",
        < 60_000 => Three(milliseconds / 1000) + " s",
        _ => Span(TimeSpan.FromMilliseconds(milliseconds)),
    };

    /// <summary>A duration as people say it: <c>45 s</c>, <c>2 min 5 s</c>, <c>1 h 20 min</c>.</summary>
    public static string Span(TimeSpan span)
    {
        var seconds = (long)Math.Round(Math.Max(0, span.TotalSeconds), MidpointRounding.AwayFromZero);
        return seconds switch
        {
            < 60 => Count(seconds) + " s",
            < 3600 => seconds % 60 == 0 ? $"{seconds / 60} min" : $"{seconds / 60} min {seconds % 60} s",
            _ => seconds % 3600 / 60 == 0 ? $"{seconds / 3600} h" : $"{Count(seconds / 3600)} h {seconds % 3600 / 60} min",
        };
    }

    public static string Bytes(double bytes)
    {
        var unit = 0;
        while (Math.Abs(bytes) >= 1024 && unit < ByteUnits.Length - 1)
        {
            bytes /= 1024;
            unit++;
        }

        return $"{Three(bytes)} {ByteUnits[unit]}";
    }

    /// <summary>A ratio as a percentage, for example 0.953 as <c>95 %</c>.</summary>
    public static string Percent(double ratio) => double.IsFinite(ratio) ? (ratio * 100).ToString(Math.Abs(ratio) is > 0 and < 0.0995 ? "0.#" : "0", Format) + " %" : None;

    /// <summary>A factor, for example <c>1.86×</c>.</summary>
    public static string Times(double? factor) => factor is { } value && double.IsFinite(value) ? Three(value) + "×" : None;

    private static string Three(double value)
    {
        var size = Math.Abs(value);
        return value.ToString(size >= 99.95 ? "#,0" : size >= 9.995 ? "0.#" : "0.##", Format);
    }
}
