using Brigade.Data.Entities;
using Brigade.Data.Queries;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace Brigade.Web.Features.Sharing;

/// <summary>Links to one thing: for members, and for people outside.</summary>
public sealed partial class ShareDialog
{
    private static readonly (int Days, string Words)[] Spans = [(1, "a day"), (7, "a week"), (30, "30 days"), (90, "90 days"), (365, "a year"), (0, "ever, until it is revoked")];

    private bool _latest;
    private int _days = ShareMaking.DefaultDays;
    private string _password = "";
    private string _note = "";
    private bool _withSpec;
    private bool _busy;
    private string? _wrong;
    private ShareSnippets? _made;
    private ShareList? _list;

    [CascadingParameter]
    private IMudDialogInstance Dialog { get; set; } = null!;

    [Parameter, EditorRequired]
    public ShareTarget Target { get; set; } = null!;

    /// <summary>Path and query of the page itself.</summary>
    [Parameter, EditorRequired]
    public string Permalink { get; set; } = "";

    /// <summary>The experiment whose latest run can be shown instead; null where there is none.</summary>
    [Parameter]
    public Guid? ExperimentId { get; set; }

    [Inject]
    private ShareMaking Making { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    private ShareTarget About => _latest && ExperimentId is { } experiment ? ShareTarget.OfLatest(experiment) : Target;

    private string Absolute(string path) => Navigation.ToAbsoluteUri(path).ToString();

    private async Task MakeAsync()
    {
        _wrong = ShareMaking.ProblemOf(_password);
        if (_wrong is not null || _busy)
            return;
        _busy = true;
        await TryAsync("The link could not be made.", async () =>
        {
            if (await Making.MakeAsync(About, _withSpec && About.Kind != ShareKind.Comparison, _note, _days > 0 ? _days : null, _password, Gone) is not { } made)
            {
                _wrong = "What you see here was deleted meanwhile.";
                return;
            }

            (_made, _password, _note) = (ShareSnippets.Of(made, Navigation.BaseUri.TrimEnd('/')), "", "");
            if (_list is { } list)
                await list.LoadAsync();
        });
        _busy = false;
    }
}
