using System.Text.Json.Serialization;
using Brigade.Contracts.Runs;

namespace Brigade.Web.Features.Kitchen;

/// <summary>A frame as kitchen and timeline draw it; names are short because it is sent ten times a second.</summary>
/// <param name="From">Number of the first frame.</param>
/// <param name="Frames">Frames that it covers.</param>
/// <param name="Cpu">Processors in use.</param>
/// <param name="Letters">What each worker does, see <see cref="ChefReader"/>.</param>
/// <param name="Busy">Percent of its time in tasks, per worker.</param>
/// <param name="Use">Percent of its time on a processor, per worker.</param>
/// <param name="Done">Tasks that ended, per worker.</param>
public sealed record KitchenPoint(
    [property: JsonPropertyName("f")] int From,
    [property: JsonPropertyName("n")] int Frames,
    [property: JsonPropertyName("ms")] double Ms,
    [property: JsonPropertyName("t")] long Tasks,
    [property: JsonPropertyName("e")] long Errors,
    [property: JsonPropertyName("c")] double Cpu,
    [property: JsonPropertyName("l")] string Letters,
    [property: JsonPropertyName("b")] IReadOnlyList<int> Busy,
    [property: JsonPropertyName("u")] IReadOnlyList<int> Use,
    [property: JsonPropertyName("d")] IReadOnlyList<long> Done,
    [property: JsonPropertyName("s")] KitchenSpans? Spans);

/// <summary>Tasks one by one, in milliseconds from the point's begin.</summary>
public sealed record KitchenSpans(
    [property: JsonPropertyName("w")] IReadOnlyList<int> Workers,
    [property: JsonPropertyName("s")] IReadOnlyList<double> Starts,
    [property: JsonPropertyName("d")] IReadOnlyList<double> Durations,
    [property: JsonPropertyName("e")] IReadOnlyList<int> Errors)
{
    public static KitchenSpans? Of(TaskSpans? spans) => spans is null ? null : new(
        spans.Workers, [.. spans.Starts.Select(start => start / TaskSpans.UnitsPerMs)], [.. spans.Durations.Select(duration => duration / TaskSpans.UnitsPerMs)], spans.Errors);
}
