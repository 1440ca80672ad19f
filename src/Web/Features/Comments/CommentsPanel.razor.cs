using Brigade.Data;
using Brigade.Data.Queries;
using Brigade.Web.Components.Formatting;
using Brigade.Web.Components.Shared;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace Brigade.Web.Features.Comments;

/// <summary>Comments on a run, with a box for another one. Whoever looks has read where they are named in them.</summary>
public sealed partial class CommentsPanel
{
    private static readonly TimeSpan RefreshEvery = TimeSpan.FromSeconds(10);

    private IReadOnlyList<CommentRow>? _rows;
    private IReadOnlyList<MemberName> _members = [];
    private CommentEditor? _editor;
    private Guid? _editing;
    private Guid? _loaded;
    private bool _busy;

    [Parameter, EditorRequired]
    public Guid RunId { get; set; }

    [Inject]
    private CommentStore Store { get; set; } = null!;

    [Inject]
    private IWorkspaceScope Me { get; set; } = null!;

    [Inject]
    private ReaderClock Clock { get; set; } = null!;

    [Inject]
    private IDialogService Dialogs { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    protected override Task OnParametersSetAsync()
    {
        if (_loaded == RunId)
            return Task.CompletedTask;
        (_loaded, _rows, _editing) = (RunId, null, null);
        return LoadAsync();
    }

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
            _ = EveryAsync(RefreshEvery, Time, LoadAsync);
    }

    private bool IsOwn(CommentRow row) => string.Equals(row.AuthorId, Me.ActorId, StringComparison.Ordinal);

    private Task LoadAsync() => TryLoadAsync("The comments could not be loaded.", async () =>
    {
        var run = RunId;
        var rows = await Store.ListAsync(run, Gone);
        if (_members.Count == 0)
            _members = await Store.MembersAsync(Gone);
        if (run != RunId)
            return;
        _rows = rows;
        if (rows.Any(row => row.Mentions.Count > 0))
            await Store.ReadMentionsAsync(run, Gone);
    });

    private async Task AddAsync(string text)
    {
        if (await ChangeAsync("The comment could not be added.", () => Store.AddAsync(RunId, text, Gone)))
            _editor?.Clear();
    }

    private async Task SaveAsync(CommentRow row, string text)
    {
        if (await ChangeAsync("The comment could not be changed.", () => Store.EditAsync(RunId, row.Id, text, Gone)))
            _editing = null;
    }

    private async Task DeleteAsync(CommentRow row)
    {
        if (await Confirm.AskAsync(Dialogs, "Delete this comment?", "It cannot be brought back.", "Delete"))
            await ChangeAsync("The comment could not be deleted.", () => Store.DeleteAsync(RunId, row.Id, Gone));
    }

    private async Task<bool> ChangeAsync(string problem, Func<Task> action)
    {
        if (_busy)
            return false;
        _busy = true;
        var isDone = await TryAsync(problem, action);
        _busy = false;
        await LoadAsync();
        return isDone;
    }
}
