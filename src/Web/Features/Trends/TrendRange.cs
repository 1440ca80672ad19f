namespace Brigade.Web.Features.Trends;

/// <summary>How far back a trend looks, as addresses write it.</summary>
/// <param name="Days">Null for all there is.</param>
public sealed record TrendRange(string Key, string Words, int? Days)
{
    public static IReadOnlyList<TrendRange> All { get; } = [new("30d", "30 days", 30), new("90d", "90 days", 90), new("year", "a year", 365), new("all", "all", null)];

    public static TrendRange Default => All[1];

    /// <summary>Null where there is no such range.</summary>
    public static TrendRange? Find(string? key) => All.FirstOrDefault(range => string.Equals(range.Key, key, StringComparison.Ordinal));

    public DateTimeOffset? Since(DateTimeOffset now) => Days is { } days ? now.AddDays(-days) : null;
}
