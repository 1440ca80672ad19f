using System.Globalization;
using Brigade.Analysis.Crossover;
using Brigade.Web.Components.Formatting;

namespace Brigade.Web.Features.Runs.Crossover;

/// <summary>The words for the axes of a crossover map.</summary>
internal static class AxisWords
{
    public static string Title(CrossoverAxis axis) => axis.ParameterName ?? axis.Key switch
    {
        "payloadBytes" => "payload",
        "chunkSize" => "chunk size",
        "startMethod" => "start method",
        var key => key,
    };

    public static string Value(CrossoverAxis axis, string value) => axis.Key switch
    {
        "payloadBytes" => double.TryParse(value, CultureInfo.InvariantCulture, out var bytes) ? bytes == 0 ? "none" : Numbers.Bytes(bytes) : value,
        _ => long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? Numbers.Count(number) : value,
    };

    /// <summary>By how much a winner is ahead, for example "40 % more than" or "3.2× as much as".</summary>
    public static string Ahead(double ahead) => ahead >= 1 ? $"{Numbers.Times(1 + ahead)} as much as" : $"{Numbers.Percent(ahead)} more than";

    /// <summary>The interval of it; no more than a plain number where it has no upper end.</summary>
    public static string Range(Margin margin) => margin.Ahead >= 1
        ? $"{Numbers.Times(1 + margin.Low)} to {Numbers.Times(1 + margin.High)}"
        : $"{Numbers.Percent(margin.Low)} to {Numbers.Percent(margin.High)}";
}
