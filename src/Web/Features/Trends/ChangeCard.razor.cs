using Brigade.Data.Entities;
using Brigade.Data.Queries;
using Microsoft.AspNetCore.Components;

namespace Brigade.Web.Features.Trends;

/// <summary>One change, and what can be said about it.</summary>
public sealed partial class ChangeCard
{
    private ChangeState? _asked;
    private string _note = "";
    private bool _busy;

    [Inject]
    private ChangeStore Store { get; set; } = null!;

    [Parameter, EditorRequired]
    public ChangeRow Change { get; set; } = null!;

    /// <summary>Whether it leads to the trend; not where that is shown already.</summary>
    [Parameter]
    public bool ShowTrend { get; set; } = true;

    /// <summary>Something was said about it.</summary>
    [Parameter]
    public EventCallback OnDecided { get; set; }

    private string Tone => Change.State != ChangeState.Open ? "quiet" : Change.IsImprovement ? "good" : "bad";

    private string TrendAddress => $"/experiments/{Change.ExperimentId}/trend?cell={Change.CellKey}&metric={(Change.Metric == ChangeMetric.P99 ? "p99" : "throughput")}";

    private Dictionary<string, object?> Labelled(string label) => new(StringComparer.Ordinal) { ["aria-label"] = $"{label}: {ChangeWords.Of(Change)}" };

    private void Ask(ChangeState state) => (_asked, _note) = (state, Change.Note);

    private async Task DecideAsync(ChangeState state, string? note)
    {
        _busy = true;
        await TryAsync("This could not be stored.", async () =>
        {
            await Store.DecideAsync(Change.Id, state, note);
            _asked = null;
            await OnDecided.InvokeAsync();
        });
        _busy = false;
    }
}
