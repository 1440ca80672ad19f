using Brigade.Data;
using Brigade.Data.Queries;
using Brigade.Web.Components.Formatting;
using Microsoft.AspNetCore.Components;

namespace Brigade.Web.Features.Quotas;

/// <summary>The quotas of the workspace.</summary>
public sealed partial class QuotaPanel
{
    private const long Mebibyte = 1 << 20;

    private List<Row>? _rows;
    private QuotaUse? _use;
    private string? _wrong;
    private string _said = "";
    private bool _busy;

    [Inject]
    private QuotaStore Store { get; set; } = null!;

    [Inject]
    private ApiCallQuota Calls { get; set; } = null!;

    [Inject]
    private IWorkspaceScope Me { get; set; } = null!;

    [Inject]
    private ReaderClock Clock { get; set; } = null!;

    protected override Task OnInitializedAsync() => LoadAsync();

    private Task LoadAsync() => TryLoadAsync("The quotas could not be loaded.", async () =>
    {
        var rules = await Store.RulesAsync(Gone);
        _use = await Store.UseAsync(Gone);
        _rows =
        [
            new("runsAtATime", "Runs at a time", "queued or running", use => Numbers.Count(use.OpenRuns), rules.RunsAtATime),
            new("runMinutesAMonth", "Run minutes a month", "of the calendar, UTC", use => Numbers.Time(use.RunMinutes * 60_000), rules.RunMinutesAMonth),
            new("storedBytes", "Stored MiB", "of frames, histograms and specs", use => Numbers.Bytes(use.StoredBytes), rules.StoredBytes / Mebibyte),
            new("apiCallsAMinute", "API calls a minute", "by all members and keys together", _ => Numbers.None, rules.ApiCallsAMinute),
        ];
    });

    private async Task SaveAsync()
    {
        var limits = _rows!.ToDictionary(row => row.Name, row => row.Limit, StringComparer.Ordinal);
        var bytes = limits["storedBytes"] is { } mebibytes ? Math.Clamp(mebibytes, -1, QuotaRules.MostBytes / Mebibyte * 2) * Mebibyte : (long?)null;
        var rules = new QuotaRules(Whole(limits["runsAtATime"]), Whole(limits["runMinutesAMonth"]), bytes, Whole(limits["apiCallsAMinute"]));
        (_wrong, _said) = (null, "");
        if (rules.Problems().FirstOrDefault() is (Name: { } name, _))
        {
            (_wrong, _said) = (name, $"{_rows!.Single(row => string.Equals(row.Name, name, StringComparison.Ordinal)).Title} is out of bounds: write a whole number, 1 or more, or leave it empty. Nothing was saved.");
            return;
        }

        _busy = true;
        if (await TryAsync("The quotas could not be saved.", () => Store.ChangeRulesAsync(rules, Gone)))
        {
            await Calls.ReadAsync(Me.WorkspaceId);
            _said = rules == QuotaRules.None ? "Saved: there is no limit." : "Saved.";
        }

        _busy = false;
    }

    private static int? Whole(long? value) => value is { } number ? (int)Math.Clamp(number, -1, int.MaxValue) : null;

    /// <param name="used">How much there is now, in words.</param>
    private sealed class Row(string name, string title, string hint, Func<QuotaUse, string> used, long? limit)
    {
        public string Name { get; } = name;

        public string Title { get; } = title;

        public string Hint { get; } = hint;

        public Func<QuotaUse, string> Used { get; } = used;

        public long? Limit { get; set; } = limit;
    }
}
