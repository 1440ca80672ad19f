using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Brigade.Web.Components.Shared;

/// <summary>A place in a text with what is wrong there.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1; 0 means the whole line.</param>
/// <param name="Severity"><c>error</c>, <c>warning</c> or <c>info</c>.</param>
public sealed record LineMark(int Line, string Message, int Column = 0, string Severity = "error");

/// <summary>An editor for code: highlighting, completion, line numbers, marked places, indentation. Without its script it is a plain text area.</summary>
public sealed partial class CodeArea : IAsyncDisposable
{
    private ElementReference _area;
    private ElementReference _host;
    private IJSObjectReference? _module;
    private IJSObjectReference? _editor;
    private IReadOnlyList<LineMark> _marked = [];
    private string _drawn = "";

    [Inject]
    private IJSRuntime Js { get; set; } = null!;

    [Parameter]
    public string Value { get; set; } = "";

    [Parameter]
    public EventCallback<string> ValueChanged { get; set; }

    [Parameter, EditorRequired]
    public string Label { get; set; } = "";

    [Parameter]
    public string? Id { get; set; }

    [Parameter]
    public string? DescribedBy { get; set; }

    [Parameter]
    public IReadOnlyList<LineMark> Marks { get; set; } = [];

    [Parameter]
    public int Rows { get; set; } = 16;

    /// <summary><c>python</c>, <c>csharp</c>, <c>javascript</c>, <c>sql</c> or <c>yaml</c>; anything else is plain text. Fixed once it is rendered: give the component a key to change it.</summary>
    [Parameter]
    public string Language { get; set; } = "";

    /// <summary>What the completion of the language knows beyond the language itself.</summary>
    [Parameter]
    public object? Vocabulary { get; set; }

    /// <summary>Spaces that Tab inserts.</summary>
    [Parameter]
    public int Indent { get; set; } = 2;

    /// <summary>It can be read and copied, not changed.</summary>
    [Parameter]
    public bool ReadOnly { get; set; }

    /// <summary>Something is wrong with it, at no line that is known.</summary>
    [Parameter]
    public bool Invalid { get; set; }

    /// <summary>Puts the cursor there.</summary>
    public async Task GoToAsync(int line, int column)
    {
        if (_editor is { } editor)
            await QuietlyAsync(() => editor.InvokeVoidAsync("goTo", line, column));
    }

    public async ValueTask DisposeAsync()
    {
        if (_editor is { } editor)
        {
            await QuietlyAsync(() => editor.InvokeVoidAsync("dispose"));
            await QuietlyAsync(editor.DisposeAsync);
        }

        if (_module is { } module)
            await QuietlyAsync(module.DisposeAsync);
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            await QuietlyAsync(async () =>
            {
                _module = await Js.InvokeAsync<IJSObjectReference>("import", "/dist/editor.js");
                _editor = await _module.InvokeAsync<IJSObjectReference>("attach", _area, _host, new { indent = Indent, language = Language, words = Vocabulary });
            });
        }

        if (_editor is not { } attached)
            return;
        if (!_marked.SequenceEqual(Marks))
        {
            _marked = Marks;
            await QuietlyAsync(() => attached.InvokeVoidAsync("mark", _marked));
        }

        if (!string.Equals(_drawn, Value, StringComparison.Ordinal))
        {
            _drawn = Value;
            await QuietlyAsync(() => attached.InvokeVoidAsync("redraw"));
        }
    }

    private Task TypedAsync(ChangeEventArgs args) => ValueChanged.InvokeAsync(args.Value as string ?? "");

    private static async ValueTask QuietlyAsync(Func<ValueTask> call)
    {
        try
        {
            await call();
        }
        catch (Exception exception) when (exception is JSException or JSDisconnectedException or OperationCanceledException)
        {
            // Without the editor it is still a text area; without a browser there is nothing to do.
        }
    }
}
