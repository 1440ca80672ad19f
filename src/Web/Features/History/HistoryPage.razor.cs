using System.Globalization;
using Brigade.Contracts.Runs;
using Brigade.Data;
using Brigade.Data.Queries;
using Brigade.Web.Components.Formatting;
using Brigade.Web.Components.Shared;
using Microsoft.AspNetCore.Components;

namespace Brigade.Web.Features.History;

/// <summary>All runs. The address holds the filter, the order and the page; the database does the work.</summary>
public sealed partial class HistoryPage
{
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan RefreshEvery = TimeSpan.FromSeconds(5);

    // Across pages and filters: what was chosen stays chosen until the reader clears it.
    private readonly Dictionary<Guid, RunRow> _chosen = [];
    private HistoryQuery _query = HistoryQuery.From(null, null, null, null, null);
    private Page<RunRow>? _page;
    private Debouncer? _debounce;
    private string _text = "";
    private bool _isTyped;

    [SupplyParameterFromQuery(Name = "q")]
    public string? Search { get; set; }

    [SupplyParameterFromQuery(Name = "status")]
    public string? Status { get; set; }

    [SupplyParameterFromQuery(Name = "source")]
    public string? Source { get; set; }

    [SupplyParameterFromQuery(Name = "starred")]
    public string? Starred { get; set; }

    [SupplyParameterFromQuery(Name = "sort")]
    public string? Sort { get; set; }

    [SupplyParameterFromQuery(Name = "dir")]
    public string? Direction { get; set; }

    [SupplyParameterFromQuery(Name = "page")]
    public string? PageNumber { get; set; }

    [Inject]
    private RunStore Runs { get; set; } = null!;

    [Inject]
    private IWorkspaceScope Me { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    private bool IsFiltered => _query.Search.Length > 0 || _query.Statuses.Count > 0 || _query.IsImported is not null || _query.Starred;

    private int Pages => Math.Max(1, (_page!.Total + HistoryQuery.PageSize - 1) / HistoryQuery.PageSize);

    private string Range
    {
        get
        {
            var first = ((_query.Page - 1) * HistoryQuery.PageSize) + 1;
            return _page!.Items.Count == 0 ? $"Page {_query.Page} is beyond the last of {Pages}"
                : $"{Numbers.Count(first)} to {Numbers.Count(first + _page.Items.Count - 1)} of {(_page.IsTotalExact ? "" : "more than ")}{Numbers.Count(_page.Total, "run")}";
        }
    }

    protected override void OnInitialized() => _debounce = new Debouncer(Time, Quiet, () => InvokeAsync(() =>
    {
        _isTyped = false;
        if (!string.Equals(_text.Trim(), _query.Search, StringComparison.Ordinal))
            Go(_query with { Search = _text.Trim(), Page = 1 }, replace: true);
    }));

    protected override Task OnParametersSetAsync()
    {
        _query = HistoryQuery.From(Search, Status, Sort, Direction, int.TryParse(PageNumber, NumberStyles.None, CultureInfo.InvariantCulture, out var page) ? page : null, Source, Starred);
        // The address has no space at its end, and nothing yet of what is being typed: neither is to vanish from under the cursor.
        if (!_isTyped && !string.Equals(_text.Trim(), _query.Search, StringComparison.Ordinal))
            _text = _query.Search;
        return LoadAsync();
    }

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
            _ = EveryAsync(RefreshEvery, Time, RefreshAsync);
    }

    protected override ValueTask LeaveAsync()
    {
        _debounce?.Dispose();
        return ValueTask.CompletedTask;
    }

    private Task LoadAsync() => TryLoadAsync("The history could not be loaded.", async () =>
    {
        var query = _query;
        var page = await Runs.ListAsync(query.ToRunQuery(Me.ActorId), Gone);
        // Another filter may have been chosen meanwhile: then its own answer counts.
        if (ReferenceEquals(query, _query))
            _page = page;
    });

    // Runs that have ended stay as they are; new ones come to the first page.
    private Task RefreshAsync() => _page is { } page && (_query.Page == 1 || page.Items.Any(run => !run.Status.IsTerminal())) ? LoadAsync() : Task.CompletedTask;

    private void OnSearch(ChangeEventArgs args)
    {
        _text = args.Value as string ?? "";
        _isTyped = true;
        _debounce!.Touch();
    }

    private void Choose((RunRow Run, bool IsChosen) choice)
    {
        if (choice.IsChosen)
            _chosen[choice.Run.Id] = choice.Run;
        else
            _chosen.Remove(choice.Run.Id);
    }

    private void Toggle(RunStatus status, bool isOn) =>
        Go(_query with { Statuses = [.. isOn ? _query.Statuses.Append(status).Order() : _query.Statuses.Where(other => other != status)], Page = 1 });

    private void Choose(string? source) => Go(_query with { IsImported = source switch { "measured" => false, "imported" => true, _ => null }, Page = 1 });

    // A second click turns the order round; times start with the newest, words with A.
    private void SortBy(RunSort sort) =>
        Go(_query with { Sort = sort, Descending = sort == _query.Sort ? !_query.Descending : sort is RunSort.Queued or RunSort.Duration, Page = 1 });

    private void Go(HistoryQuery query, bool replace = false) =>
        Navigation.NavigateTo(Navigation.GetUriWithQueryParameters("/history", query.ToParameters()), replace: replace);
}
