using Brigade.Contracts.Runs;
using Brigade.Data.Queries;
using Brigade.Web.Components.Formatting;
using Brigade.Web.Components.Shared;
using Microsoft.AspNetCore.Components;

namespace Brigade.Web.Features.History;

/// <summary>All runs. The address holds the filter, the order and the page; the database does the work.</summary>
public sealed partial class HistoryPage
{
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(300);

    private HistoryQuery _query = HistoryQuery.From(null, null, null, null, null);
    private Page<RunRow>? _page;
    private Debouncer? _debounce;
    private string? _typed;

    [SupplyParameterFromQuery(Name = "q")]
    public string? Search { get; set; }

    [SupplyParameterFromQuery(Name = "status")]
    public string? Status { get; set; }

    [SupplyParameterFromQuery(Name = "sort")]
    public string? Sort { get; set; }

    [SupplyParameterFromQuery(Name = "dir")]
    public string? Direction { get; set; }

    [SupplyParameterFromQuery(Name = "page")]
    public int? PageNumber { get; set; }

    [Inject]
    private RunStore Runs { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    private bool IsFiltered => _query.Search.Length > 0 || _query.Statuses.Count > 0;

    private int Pages => Math.Max(1, (_page!.Total + HistoryQuery.PageSize - 1) / HistoryQuery.PageSize);

    private string Range
    {
        get
        {
            var first = ((_query.Page - 1) * HistoryQuery.PageSize) + 1;
            return _page!.Items.Count == 0 ? $"Page {_query.Page} is beyond the last of {Pages}"
                : $"{Numbers.Count(first)} to {Numbers.Count(first + _page.Items.Count - 1)} of {Numbers.Count(_page.Total, "run")}";
        }
    }

    protected override void OnInitialized() => _debounce = new Debouncer(Time, Quiet, () => InvokeAsync(() =>
    {
        if (_typed is { } text)
            Go(_query with { Search = text.Trim(), Page = 1 }, replace: true);
        _typed = null;
    }));

    protected override Task OnParametersSetAsync()
    {
        _query = HistoryQuery.From(Search, Status, Sort, Direction, PageNumber);
        return LoadAsync();
    }

    protected override ValueTask LeaveAsync()
    {
        _debounce?.Dispose();
        return ValueTask.CompletedTask;
    }

    private Task LoadAsync() => TryAsync("The history could not be loaded.", async () => _page = await Runs.ListAsync(_query.ToRunQuery(), Gone));

    private void OnSearch(ChangeEventArgs args)
    {
        _typed = args.Value as string ?? "";
        _debounce!.Touch();
    }

    private void Toggle(RunStatus status, bool isOn) =>
        Go(_query with { Statuses = [.. isOn ? _query.Statuses.Append(status).Order() : _query.Statuses.Where(other => other != status)], Page = 1 });

    // A second click turns the order round; times start with the newest, words with A.
    private void SortBy(RunSort sort) =>
        Go(_query with { Sort = sort, Descending = sort == _query.Sort ? !_query.Descending : sort is RunSort.Queued or RunSort.Duration, Page = 1 });


    private void Go(HistoryQuery query, bool replace = false) =>
        Navigation.NavigateTo(Navigation.GetUriWithQueryParameters("/history", query.ToParameters()), replace: replace);
}
