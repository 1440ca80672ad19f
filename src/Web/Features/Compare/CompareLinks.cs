namespace Brigade.Web.Features.Compare;

/// <summary>Addresses of the compare page.</summary>
public static class CompareLinks
{
    public const string Path = "/compare";

    /// <summary>Runs side by side; the first one is what the others are compared with.</summary>
    public static string Runs(params IEnumerable<Guid> runs) => $"{Path}?runs={string.Join(',', runs)}";
}
