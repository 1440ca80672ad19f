using Microsoft.AspNetCore.Components;

namespace Brigade.Web.Components.Shared;

/// <summary>A line (or some lines) of text in a form that edits a spec.</summary>
public sealed partial class Field
{
    [Parameter, EditorRequired]
    public string Label { get; set; } = "";

    /// <summary>Which value of the spec it edits, as a JSON pointer: errors at it, and below it, show here.</summary>
    [Parameter, EditorRequired]
    public string Pointer { get; set; } = "";

    [Parameter]
    public string Value { get; set; } = "";

    [Parameter]
    public EventCallback<string> ValueChanged { get; set; }

    [Parameter]
    public string? Help { get; set; }

    [Parameter]
    public string? Unit { get; set; }

    [Parameter]
    public string? Placeholder { get; set; }

    [Parameter]
    public int Lines { get; set; } = 1;

    /// <summary>Which keyboard a phone shows.</summary>
    [Parameter]
    public string Mode { get; set; } = "text";

    [Parameter]
    public string? Class { get; set; }

    /// <summary>The label is for screen readers only: a table's head says it to the eye.</summary>
    [Parameter]
    public bool IsLabelHidden { get; set; }

    [CascadingParameter]
    public SpecErrors Errors { get; set; } = SpecErrors.None;

    private string Id => IdOf(Pointer);

    private string? Invalid => Errors.At(Pointer).Any() ? "true" : null;

    private string? Described => (Invalid, Help) switch
    {
        (not null, not null) => $"{Id}-error {Id}-help",
        (not null, null) => $"{Id}-error",
        (null, not null) => $"{Id}-help",
        _ => null,
    };

    /// <summary>The element's id for a pointer, for example <c>f-matrix-workers</c>.</summary>
    public static string IdOf(string pointer)
    {
        ArgumentNullException.ThrowIfNull(pointer);
        return "f" + pointer.Replace('/', '-');
    }

    private Task TypedAsync(ChangeEventArgs args) => ValueChanged.InvokeAsync(args.Value as string ?? "");
}
