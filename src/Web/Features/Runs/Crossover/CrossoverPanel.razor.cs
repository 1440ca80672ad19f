using Brigade.Analysis.Crossover;
using Brigade.Contracts.Runs;
using Microsoft.AspNetCore.Components;

namespace Brigade.Web.Features.Runs.Crossover;

/// <summary>Who wins where in the sweep of a run. The address keeps the axes.</summary>
public sealed partial class CrossoverPanel
{
    private const string NoAxis = "none";

    private IReadOnlyList<CrossoverAxis> _axes = [];
    private CrossoverMap? _map;
    private (object?, string?, string?) _seen;
    private (string X, string? Y)? _chosen;

    [Parameter, EditorRequired]
    public RunResult Result { get; set; } = null!;

    /// <summary>Key of the axis across, as the address has it. The page reads it: a component that comes into being by a change of the address must not listen to it.</summary>
    [Parameter]
    public string? Across { get; set; }

    /// <summary>Key of the axis down, or <c>none</c>.</summary>
    [Parameter]
    public string? Down { get; set; }

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    private CrossoverPlace? Chosen => _chosen is { } chosen
        ? _map?.Places.FirstOrDefault(place => string.Equals(place.X, chosen.X, StringComparison.Ordinal) && string.Equals(place.Y, chosen.Y, StringComparison.Ordinal) && place.Best.Count > 0)
        : null;

    protected override void OnParametersSet()
    {
        if (_seen == (Result, Across, Down))
            return;
        if (_seen.Item2 != Across || _seen.Item3 != Down)
            _chosen = null;
        _seen = (Result, Across, Down);
        _axes = CrossoverAxis.Of([.. Result.Cells.Select(cell => cell.Cell)]);
        var (x, y) = CrossoverMap.Default(Result.Cells) ?? ("", null);
        // An address that names no such axes shows what it would without them.
        _map = CrossoverMap.Of(Result.Cells, Across ?? x, Down switch { NoAxis => null, { } down => down, _ => Other(Across ?? x, y) })
            ?? CrossoverMap.Of(Result.Cells, x, y);
    }

    /// <summary>The row of a cell in the table of results.</summary>
    internal static string RowId(int cell) => $"cell-{cell}";

    private string? Other(string x, string? y) => string.Equals(x, y, StringComparison.Ordinal) ? _axes.FirstOrDefault(axis => !string.Equals(axis.Key, x, StringComparison.Ordinal))?.Key : y;

    private bool IsChosen(CrossoverPlace place) => ReferenceEquals(place, Chosen);

    private string RowAddress(Contestant one) => $"{new Uri(Navigation.Uri).PathAndQuery}#{RowId(one.Cell)}";

    private void Go(string? across, string? down)
    {
        if (string.Equals(across, down, StringComparison.Ordinal))
            down = _axes.FirstOrDefault(axis => !string.Equals(axis.Key, across, StringComparison.Ordinal))?.Key ?? NoAxis;
        Navigation.NavigateTo(Navigation.GetUriWithQueryParameters(new Dictionary<string, object?>(StringComparer.Ordinal) { ["across"] = across, ["down"] = down }), replace: true);
    }

    // The further ahead, the stronger the colour; a text says the same.
    private static string? Tint(CrossoverPlace place)
    {
        if (place.Outcome != CrossoverOutcome.Won)
            return null;
        var strength = Math.Clamp(8 + (20 * Math.Log2(1 + Math.Max(0, place.Margin!.Ahead))), 10, 34);
        return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"background: color-mix(in srgb, var(--series-{place.Best[0].Strategy}) {strength:0}%, var(--mud-palette-surface))");
    }

    private static string Where(CrossoverMap map, CrossoverPlace place) =>
        $"{AxisWords.Title(map.X)} {AxisWords.Value(map.X, place.X)}{(map.Y is { } y ? $", {AxisWords.Title(y)} {AxisWords.Value(y, place.Y!)}" : "")}";
}
