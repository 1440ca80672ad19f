using Brigade.Data.Entities;
using Brigade.Data.Errors;
using Brigade.Data.Queries;
using Microsoft.AspNetCore.Components;

namespace Brigade.Web.Features.Trends;

/// <summary>One change, and what can be said about it.</summary>
public sealed partial class ChangeCard
{
    private ChangeState? _asked;
    private string _note = "";
    private string? _problem;
    private bool _busy;

    [Inject]
    private ChangeStore Store { get; set; } = null!;

    [Inject]
    private ILogger<ChangeCard> Logger { get; set; } = null!;

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

    private void Ask(ChangeState state) => (_asked, _note, _problem) = (state, Change.Note, null);

    private async Task DecideAsync(ChangeState state, string? note)
    {
        (_busy, _problem) = (true, null);
        try
        {
            await Store.DecideAsync(Change.Id, state, note);
            _asked = null;
            await OnDecided.InvokeAsync();
        }
        catch (Exception exception) when (exception is StorageFullException or DatabaseUnavailableException)
        {
            _problem = $"This could not be stored. {exception.Message}";
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            Logger.LogError(exception, "What was said about change {Change} could not be stored", Change.Id);
            _problem = "This could not be stored.";
        }

        _busy = false;
    }
}
