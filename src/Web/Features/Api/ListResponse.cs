namespace Brigade.Web.Features.Api;

/// <summary>A page of a list.</summary>
/// <param name="Total">How many there are in all, as far as was counted.</param>
public sealed record ListResponse<T>(IReadOnlyList<T> Items, int Total)
{
    /// <summary>What to send as <c>after</c> for the page behind this one; absent where there is none.</summary>
    public string? Next { get; init; }
}
