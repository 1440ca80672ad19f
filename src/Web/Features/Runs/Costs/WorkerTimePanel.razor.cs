using System.Globalization;
using System.Text;
using Brigade.Data.Queries;
using Brigade.Web.Components.Formatting;
using Brigade.Web.Live;
using Microsoft.AspNetCore.Components;

namespace Brigade.Web.Features.Runs.Costs;

/// <summary>What each worker of one trial did in each slice of its time, out of the stored frames.</summary>
public sealed partial class WorkerTimePanel
{
    private const int MostLanes = 16;

    private IReadOnlyList<TrialLook> _looks = [];
    private object? _seenPlan;
    private int? _loaded;
    private WorkerTimeline? _timeline;

    [Parameter, EditorRequired]
    public RunSnapshot Snapshot { get; set; } = null!;

    /// <summary>Null for the last trial that ran.</summary>
    [Parameter]
    public int? Selected { get; set; }

    [Parameter]
    public EventCallback<int?> SelectedChanged { get; set; }

    [Inject]
    private RunStore Runs { get; set; } = null!;

    private int Lanes => Math.Min(MostLanes, _timeline!.Workers);

    private int? Trial => Selected ?? Snapshot.Trials.Where(trial => trial.Result is { Tasks: > 0 }).Max(trial => (int?)trial.Index);

    private string Label
    {
        get
        {
            var workers = Enumerable.Range(0, Lanes).Select(worker => (worker, total: _timeline!.Total(worker)))
                .Select(pair => $"worker {pair.worker} was in tasks for {Numbers.Percent(pair.total.Share(pair.total.Computing + pair.total.Waiting))} of the time{(_timeline!.HasCpu ? $", computing for {Numbers.Percent(pair.total.Share(pair.total.Computing))}" : "")}");
            return $"A strip for each worker, over {Numbers.Time(_timeline!.LengthMs)}: {string.Join("; ", workers)}.";
        }
    }

    protected override Task OnParametersSetAsync()
    {
        if (!ReferenceEquals(_seenPlan, Snapshot.Plan))
        {
            _seenPlan = Snapshot.Plan;
            _looks = Snapshot.Plan is null ? [] : TrialLook.Of(Snapshot.Plan);
        }

        return Trial == _loaded ? Task.CompletedTask : LoadAsync();
    }

    private Task LoadAsync() => TryLoadAsync("The frames of this trial could not be loaded.", async () =>
    {
        var trial = Trial;
        (_loaded, _timeline) = (trial, null);
        var timeline = new WorkerTimeline();
        await foreach (var segment in Runs.SegmentsAsync(Snapshot.RunId, trial ?? 0, withHistograms: false, Gone))
        {
            foreach (var frame in segment)
                timeline.Add(frame);
        }

        // Another trial may have been chosen meanwhile: then its own frames count.
        if (_loaded == trial)
            _timeline = timeline;
    });

    /// <summary>The outline of a share from the bottom up, one step for each slice.</summary>
    private string PathOf(int worker, Func<Slice, double> part)
    {
        var path = new StringBuilder("M0 100");
        for (var index = 0; index < _timeline!.Count; index++)
        {
            var slice = _timeline.Of(worker, index);
            path.Append(CultureInfo.InvariantCulture, $"V{100 - (100 * slice.Share(part(slice))):0.#}H{index + 1}");
        }

        return path.Append("V100Z").ToString();
    }
}
