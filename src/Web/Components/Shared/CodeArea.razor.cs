using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Brigade.Web.Components.Shared;

/// <summary>A place in a text with what is wrong there.</summary>
/// <param name="Line">From 1.</param>
public sealed record LineMark(int Line, string Message);

/// <summary>A text area for code: line numbers, marked lines, indentation.</summary>
public sealed partial class CodeArea : IAsyncDisposable
{
    private ElementReference _area;
    private ElementReference _gutter;
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
                _editor = await _module.InvokeAsync<IJSObjectReference>("attach", _area, _gutter, new { indent = Indent });
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
            // Without the helper it is still a text area; without a browser there is nothing to do.
        }
    }
}
