namespace Brigade.Web.Components.Shared;

/// <summary>One value of a <see cref="ChoiceList{T}"/>.</summary>
/// <param name="Detail">A few words beside it.</param>
/// <param name="Hint">A sentence for who points at it.</param>
/// <param name="Series">The strategy whose colour it has in charts; null for none.</param>
public sealed record Choice<T>(T Value, string Text, string Detail = "", string? Hint = null, string? Series = null);
