using Brigade.Data.Queries;
using Brigade.Web.Components.Formatting;
using Microsoft.AspNetCore.Components;

namespace Brigade.Web.Features.Trends;

/// <summary>The annotations of an experiment, and a way to add one.</summary>
public sealed partial class AnnotationList
{
    private DateTime _day;
    private string _text = "";
    private bool _isEmpty;
    private bool _busy;

    [Inject]
    private TrendStore Trends { get; set; } = null!;

    [Inject]
    private ReaderClock Clock { get; set; } = null!;

    [Parameter, EditorRequired]
    public Guid ExperimentId { get; set; }

    /// <summary>By moment.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<AnnotationRow> Annotations { get; set; } = [];

    [Parameter]
    public EventCallback OnChanged { get; set; }

    protected override void OnInitialized() => _day = Clock.Today;

    private async Task AddAsync()
    {
        _isEmpty = _text.Trim().Length == 0;
        if (_isEmpty)
            return;

        // Today's is of this very moment, so that it stands where the reader is; another day's is of its noon.
        var at = _day.Date == Clock.Today ? Clock.Now : Clock.At(_day.Date.AddHours(12));
        if (await ChangeAsync(() => Trends.AnnotateAsync(ExperimentId, at, _text)))
            _text = "";
    }

    private Task DeleteAsync(AnnotationRow annotation)
    {
        _isEmpty = false;
        return ChangeAsync(() => Trends.DeleteAnnotationAsync(ExperimentId, annotation.Id));
    }

    private async Task<bool> ChangeAsync(Func<Task> action)
    {
        _busy = true;
        var isDone = await TryAsync("The annotations could not be changed.", async () =>
        {
            await action();
            await OnChanged.InvokeAsync();
        });
        _busy = false;
        return isDone;
    }
}
