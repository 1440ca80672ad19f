using System.Globalization;
using Brigade.Analysis.Comparing;

namespace Brigade.Web.Features.Compare;

/// <summary>What the compare page shows, as its address says it: a link to it shows the same.</summary>
/// <param name="Metric">One of <see cref="Metrics"/>.</param>
/// <param name="OnlyDifferences">Only cells in which some run is faster or slower.</param>
/// <param name="Cell">Number of the cell that is looked at closely, among those compared; null for the one that differs most.</param>
public sealed record CompareQuery(IReadOnlyList<Guid> Runs, IReadOnlyList<int> Cells, string Metric, bool OnlyDifferences, int? Cell, int Page)
{
    /// <summary>Cells on one page of the table.</summary>
    public const int PageSize = 20;

    private const string Differences = "differences";

    /// <summary>Reads an address' parameters; what makes no sense counts as absent.</summary>
    public static CompareQuery From(ComparedIds ids, string? metric, string? only, string? cell, string? page)
    {
        ArgumentNullException.ThrowIfNull(ids);
        return new CompareQuery(
            ids.Runs, ids.Cells, Metrics.All.Contains(metric, StringComparer.Ordinal) ? metric! : Metrics.Throughput, string.Equals(only, Differences, StringComparison.Ordinal),
            Whole(cell), Math.Max(1, Whole(page) ?? 1));
    }

    /// <summary>The address of the page.</summary>
    public string ToAddress()
    {
        var parameters = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["runs"] = Runs.Count > 0 ? string.Join(',', Runs) : null,
            ["cells"] = Cells.Count > 0 ? string.Join(',', Cells) : null,
            ["metric"] = Metric != Metrics.Throughput ? Metric : null,
            ["only"] = OnlyDifferences ? Differences : null,
            ["cell"] = Cell?.ToString(CultureInfo.InvariantCulture),
            ["page"] = Page > 1 ? Page.ToString(CultureInfo.InvariantCulture) : null,
        };
        var query = string.Join('&', parameters.Where(pair => pair.Value is not null).Select(pair => $"{pair.Key}={pair.Value}"));
        return query.Length > 0 ? $"{CompareLinks.Path}?{query}" : CompareLinks.Path;
    }

    /// <summary>Other things to compare: what was chosen within the old ones does not hold for them.</summary>
    public CompareQuery With(IReadOnlyList<Guid> runs, IReadOnlyList<int> cells) => this with { Runs = runs, Cells = cells, Cell = null, Page = 1 };

    private static int? Whole(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
