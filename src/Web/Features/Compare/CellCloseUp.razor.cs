using Brigade.Contracts.Runs;
using Brigade.Data.Queries;
using Brigade.Web.Components.Formatting;
using Brigade.Web.Features.Runs;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Brigade.Web.Features.Compare;

/// <summary>One cell in all compared runs.</summary>
public sealed partial class CellCloseUp
{
    private static readonly double[] Told = [50, 99];

    private ElementReference _title;
    private IReadOnlyList<ChartLine>? _lines;
    private bool _log = true;
    private object? _seen;

    [Parameter, EditorRequired]
    public IReadOnlyList<ComparedSide> Sides { get; set; } = [];

    [Parameter, EditorRequired]
    public Analysis.Comparing.ComparedCell Cell { get; set; } = null!;

    /// <summary>One of <see cref="Analysis.Comparing.Metrics"/>.</summary>
    [Parameter, EditorRequired]
    public string Metric { get; set; } = "";

    [Inject]
    private ComparisonStore Store { get; set; } = null!;

    private string LatencyLabel => "Line chart: latency by share of tasks, for each run. " + string.Join(". ", _lines!.Select(line =>
        $"{line.Name}: {string.Join(", ", Told.Select(told => line.Points.FirstOrDefault(point => point[0] >= told) is { } point ? $"{told:0} % within {Numbers.Time(point[1])}" : null).OfType<string>())}"));

    /// <summary>Brings it before the reader's eyes.</summary>
    public async Task FocusAsync()
    {
        try
        {
            await _title.FocusAsync(preventScroll: false);
        }
        catch (Exception exception) when (exception is JSException or JSDisconnectedException or InvalidOperationException or OperationCanceledException)
        {
            // The reader has left, or there is no browser.
        }
    }

    protected override Task OnParametersSetAsync()
    {
        if (ReferenceEquals(_seen, Cell))
            return Task.CompletedTask;
        _seen = Cell;
        return LoadAsync();
    }

    private Task LoadAsync() => TryLoadAsync("The latencies could not be loaded.", async () =>
    {
        var cell = Cell;
        List<ChartLine> lines = [];
        foreach (var side in Sides)
        {
            if (cell.Runs[side.Number] is not { } measured)
                continue;
            List<int> trials = [.. side.Run.Trials.Where(trial => trial.Cell == side.PlanCell(measured.Cell) && trial.Status == TrialStatus.Completed).Select(trial => trial.Index)];
            var histograms = await Store.HistogramsAsync(side.Run.Run.Row.Id, trials, Gone);
            lines.Add(new ChartLine($"{side.Letter} {side.Title}", side.Series, side.Number, LatencyCurve.Of(histograms.Values)));
        }

        if (ReferenceEquals(cell, Cell))
            _lines = [.. lines.Where(line => line.Points.Count > 0)];
    });
}
