namespace Brigade.Web.Features.Api;

/// <summary>A page of a list.</summary>
/// <param name="Total">How many there are in all.</param>
public sealed record ListResponse<T>(IReadOnlyList<T> Items, int Total);
