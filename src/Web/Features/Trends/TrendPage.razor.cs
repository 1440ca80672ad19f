using Brigade.Contracts.Spec;
using Brigade.Web.Components.Formatting;
using Microsoft.AspNetCore.Components;

namespace Brigade.Web.Features.Trends;

/// <summary>How the figures of an experiment went over months. The address holds what is chosen.</summary>
public sealed partial class TrendPage
{
    private const int ChangesAtOnce = 5;
    private static readonly TimeSpan RefreshEvery = TimeSpan.FromSeconds(10);

    private TrendView? _view;
    private object? _chart;
    private string _summary = "";
    private TrendRange _range = TrendRange.Default;
    private int _changesShown = ChangesAtOnce;
    private bool _missing;

    [Parameter]
    public Guid Id { get; set; }

    /// <summary>Keys of cells, separated by commas.</summary>
    [SupplyParameterFromQuery(Name = "cell")]
    public string? Cell { get; set; }

    [SupplyParameterFromQuery(Name = "metric")]
    public string? Metric { get; set; }

    [SupplyParameterFromQuery(Name = "range")]
    public string? Range { get; set; }

    [Inject]
    private TrendReader Reader { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private ReaderClock Clock { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    private int Machines => _view!.Series.Select(series => series.Machine).Distinct(StringComparer.Ordinal).Count();

    protected override Task OnParametersSetAsync() => LoadAsync();

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
            _ = EveryAsync(RefreshEvery, Time, LoadAsync);
    }

    private Task LoadAsync() => TryLoadAsync("The trend could not be loaded.", async () =>
    {
        // What makes no sense in an address counts as absent.
        var (id, cell, metric, range) = (Id, Cell, Metric, Range);
        var wanted = EnumName.TryParse<TrendMetric>(metric ?? "", out var parsed) ? parsed : TrendMetric.Throughput;
        var within = TrendRange.Find(range) ?? TrendRange.Default;
        var view = await Reader.ReadAsync(id, (cell ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries), wanted, within, Gone);

        // Something else may have been chosen meanwhile: then its own answer counts.
        if ((id, cell, metric, range) != (Id, Cell, Metric, Range))
            return;
        (_view, _range, _missing) = (view, within, view is null);
        if (view is null)
            return;
        _chart = TrendChart.Data(view);
        _summary = TrendChart.Summary(view, Clock);
    });

    private void Toggle(string key, bool isOn)
    {
        var chosen = isOn ? _view!.Chosen.Append(key) : _view!.Chosen.Where(other => !string.Equals(other, key, StringComparison.Ordinal));
        Go(cell: string.Join(',', chosen));
    }

    private void Go(string? cell = null, string? metric = null, string? range = null) => Navigation.NavigateTo(
        Navigation.GetUriWithQueryParameters(new Dictionary<string, object?>(StringComparer.Ordinal) { ["cell"] = cell ?? Cell, ["metric"] = metric ?? Metric, ["range"] = range ?? Range }),
        replace: true);
}
