using Brigade.Web.Components.Shared;
using Microsoft.AspNetCore.Components;

namespace Brigade.Web.Features.Experiments.Form;

/// <summary>What all parts of the form have: what they edit, what is wrong with it, and whom to tell.</summary>
public abstract class FormSection : ComponentBase
{
    [Parameter, EditorRequired]
    public SpecForm Form { get; set; } = null!;

    /// <summary>Something was typed or chosen.</summary>
    [Parameter]
    public EventCallback OnChanged { get; set; }

    [CascadingParameter]
    public SpecErrors Errors { get; set; } = SpecErrors.None;

    protected Task Changed() => OnChanged.InvokeAsync();

    /// <summary>For <c>aria-invalid</c>.</summary>
    protected string? Invalid(string pointer) => Errors.At(pointer).Any() ? "true" : null;

    /// <summary>For <c>aria-describedby</c>: what is wrong comes first, then the help that is always there.</summary>
    protected string? Described(string pointer, string? help = null) => Invalid(pointer) is null ? help : help is null ? FieldErrors.IdOf(pointer) : $"{FieldErrors.IdOf(pointer)} {help}";
}
