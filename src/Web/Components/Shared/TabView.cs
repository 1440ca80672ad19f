using Microsoft.AspNetCore.Components;

namespace Brigade.Web.Components.Shared;

/// <summary>One view of a <see cref="TabStrip"/>.</summary>
/// <param name="Key">What the address calls it: lower case letters and hyphens.</param>
/// <param name="Content">Rendered only while it is chosen.</param>
public sealed record TabView(string Key, string Title, RenderFragment Content);
