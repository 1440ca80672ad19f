using System.Text.Json;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Brigade.Web.Features.Runs;

/// <summary>One chart of a finished run. Its script is loaded when the first one is shown.</summary>
public sealed partial class ResultChart
{
    private static readonly string[] Kinds = ["png", "svg"];

    private ElementReference _host;
    private IJSObjectReference? _module;
    private IJSObjectReference? _chart;
    private string? _drawn;
    private bool _gone;

    [Inject]
    private IJSRuntime Js { get; set; } = null!;

    /// <summary>The function of <c>resultCharts.js</c> that draws it.</summary>
    [Parameter, EditorRequired]
    public string Function { get; set; } = "";

    /// <summary>What the function takes.</summary>
    [Parameter, EditorRequired]
    public object Data { get; set; } = null!;

    /// <summary>What the chart shows, and where its figures are as text.</summary>
    [Parameter, EditorRequired]
    public string Label { get; set; } = "";

    [Parameter]
    public int Height { get; set; } = 320;

    /// <summary>What the chart is called as a file: its function's name where nothing else is given.</summary>
    [Parameter]
    public string? Name { get; set; }

    private string FileName => Name ?? Function;

    private Task SaveAsync(string kind) => QuietlyAsync(async () =>
    {
        if (_chart is { } chart)
            await chart.InvokeVoidAsync("save", FileName, kind);
    });

    public async ValueTask DisposeAsync()
    {
        _gone = true;
        await QuietlyAsync(async () =>
        {
            await ClearAsync();
            if (_module is { } module)
                await module.DisposeAsync();
        });
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        var data = JsonSerializer.Serialize(Data, Data.GetType());
        if (string.Equals(data, _drawn, StringComparison.Ordinal))
            return;
        _drawn = data;
        var isDrawn = await QuietlyAsync(async () =>
        {
            _module ??= await Js.InvokeAsync<IJSObjectReference>("import", "/dist/resultCharts.js");
            await ClearAsync();
            if (!_gone)
                _chart = await _module.InvokeAsync<IJSObjectReference>(Function, _host, Data);
        });
        if (!isDrawn)
            _drawn = null;
    }

    private async Task ClearAsync()
    {
        if (_chart is not { } chart)
            return;
        _chart = null;
        await chart.InvokeVoidAsync("dispose");
        await chart.DisposeAsync();
    }

    private static async Task<bool> QuietlyAsync(Func<Task> action)
    {
        try
        {
            await action();
            return true;
        }
        catch (Exception exception) when (exception is JSException or JSDisconnectedException or OperationCanceledException)
        {
            // No browser, no chart; the table has the figures. Another rendering tries again.
            return false;
        }
    }
}
