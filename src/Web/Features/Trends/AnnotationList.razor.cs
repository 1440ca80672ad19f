using Brigade.Data.Errors;
using Brigade.Data.Queries;
using Brigade.Web.Components.Formatting;
using Microsoft.AspNetCore.Components;

namespace Brigade.Web.Features.Trends;

/// <summary>The annotations of an experiment, and a way to add one.</summary>
public sealed partial class AnnotationList
{
    private DateTime _day;
    private string _text = "";
    private string? _problem;
    private bool _isEmpty;
    private bool _busy;

    [Inject]
    private TrendStore Trends { get; set; } = null!;

    [Inject]
    private ReaderClock Clock { get; set; } = null!;

    [Inject]
    private ILogger<AnnotationList> Logger { get; set; } = null!;

    [Parameter, EditorRequired]
    public Guid ExperimentId { get; set; }

    /// <summary>By moment.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<AnnotationRow> Annotations { get; set; } = [];

    [Parameter]
    public EventCallback OnChanged { get; set; }

    protected override void OnInitialized() => _day = Clock.Now.UtcDateTime.Date;

    private async Task AddAsync()
    {
        _isEmpty = _text.Trim().Length == 0;
        if (_isEmpty)
        {
            _problem = "Write what happened.";
            return;
        }

        // Today's is of this very moment, so that it stands where the reader is; another day's is of its noon.
        var at = _day.Date == Clock.Now.UtcDateTime.Date ? Clock.Now : new DateTimeOffset(_day.Date.AddHours(12), TimeSpan.Zero);
        if (await TryAsync(() => Trends.AnnotateAsync(ExperimentId, at, _text)))
            _text = "";
    }

    private Task DeleteAsync(AnnotationRow annotation) => TryAsync(() => Trends.DeleteAnnotationAsync(ExperimentId, annotation.Id));

    private async Task<bool> TryAsync(Func<Task> action)
    {
        (_busy, _problem) = (true, null);
        try
        {
            await action();
            await OnChanged.InvokeAsync();
        }
        catch (Exception exception) when (exception is StorageFullException or DatabaseUnavailableException or UnknownExperimentException)
        {
            _problem = exception.Message;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            Logger.LogError(exception, "An annotation of experiment {Experiment} could not be changed", ExperimentId);
            _problem = "The annotation could not be stored.";
        }

        _busy = false;
        return _problem is null;
    }
}
