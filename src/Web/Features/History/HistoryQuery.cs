using System.Globalization;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;
using Brigade.Data.Queries;

namespace Brigade.Web.Features.History;

/// <summary>What the history shows, as its address says it: a link to it shows the same.</summary>
public sealed record HistoryQuery(string Search, IReadOnlyList<RunStatus> Statuses, RunSort Sort, bool Descending, int Page, bool? IsImported = null, bool Starred = false)
{
    public const int PageSize = 25;

    /// <summary>Farther back than that nobody turns pages; a filter finds it.</summary>
    public const int LastPage = RunStore.MaximumTotal / PageSize;

    /// <summary>Reads an address' parameters; what makes no sense counts as absent.</summary>
    public static HistoryQuery From(string? search, string? statuses, string? sort, string? direction, int? page, string? source = null, string? starred = null)
    {
        var chosen = (statuses ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Where(text => EnumName.TryParse<RunStatus>(text, out _))
            .Select(text => EnumName.TryParse<RunStatus>(text, out var status) ? status : default)
            .Distinct().Order().ToList();
        var by = EnumName.TryParse<RunSort>(sort ?? "", out var parsed) ? parsed : RunSort.Queued;
        return new HistoryQuery((search ?? "").Trim(), chosen, by, direction is null ? by == RunSort.Queued : direction is "desc", Math.Clamp(page ?? 1, 1, LastPage), source switch { "measured" => false, "imported" => true, _ => null }, starred is "true" or "1");
    }

    /// <summary>The address' parameters; null leaves one out.</summary>
    public IReadOnlyDictionary<string, object?> ToParameters() => new Dictionary<string, object?>(StringComparer.Ordinal)
    {
        ["q"] = Search.Length > 0 ? Search : null,
        ["status"] = Statuses.Count > 0 ? string.Join(',', Statuses.Select(EnumName.Of)) : null,
        ["source"] = IsImported switch { true => "imported", false => "measured", null => null },
        ["starred"] = Starred ? "true" : null,
        ["sort"] = Sort != RunSort.Queued ? EnumName.Of(Sort) : null,
        ["dir"] = Descending == (Sort == RunSort.Queued) ? null : Descending ? "desc" : "asc",
        ["page"] = Page > 1 ? Page.ToString(CultureInfo.InvariantCulture) : null,
    };

    /// <param name="reader">Whose stars count.</param>
    public RunQuery ToRunQuery(string reader) => new()
    {
        StarredBy = Starred ? reader : null,
        Search = Search,
        Statuses = [.. Statuses.SelectMany(Widened)],
        IsImported = IsImported,
        Sort = Sort,
        Descending = Descending,
        Skip = (Page - 1) * PageSize,
        Take = PageSize,
    };

    // The passing states at both ends of "running" count as it.
    private static IEnumerable<RunStatus> Widened(RunStatus status) => status == RunStatus.Running ? [RunStatus.Assigned, RunStatus.Running, RunStatus.Finishing] : [status];
}
