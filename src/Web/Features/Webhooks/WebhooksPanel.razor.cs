using Brigade.Contracts.Spec;
using Brigade.Data;
using Brigade.Data.Entities;
using Brigade.Data.Queries;
using Brigade.Web.Components.Browser;
using Brigade.Web.Components.Shared;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace Brigade.Web.Features.Webhooks;

/// <summary>Who is told what happens.</summary>
public sealed partial class WebhooksPanel
{
    private readonly HashSet<string> _kinds = new(StringComparer.Ordinal) { HappeningKinds.RegressionFound };
    private List<WebhookRow>? _rows;
    private (string Secret, WebhookRow Row)? _told;
    private IReadOnlyList<SpecError> _errors = [];
    private string _name = "";
    private string _target = "";
    private WebhookFormat _format;
    private Guid? _open;
    private bool _copied;
    private bool _busy;

    [Inject]
    private WebhookStore Store { get; set; } = null!;

    [Inject]
    private WebhookDesk Desk { get; set; } = null!;

    [Inject]
    private BrowserModule Browser { get; set; } = null!;

    [Inject]
    private IDialogService Dialogs { get; set; } = null!;

    protected override Task OnInitializedAsync() => LoadAsync();

    private static string IdOf(string pointer) => $"webhook{pointer.Replace('/', '-')}-error";

    private string? Invalid(string pointer) => _errors.Any(error => string.Equals(error.Pointer, pointer, StringComparison.Ordinal)) ? "true" : null;

    private string? Described(string pointer) => Invalid(pointer) is null ? null : IdOf(pointer);

    private RenderFragment Wrong(string pointer) => builder =>
    {
        if (_errors.FirstOrDefault(error => string.Equals(error.Pointer, pointer, StringComparison.Ordinal)) is not { } error)
            return;
        builder.OpenElement(0, "p");
        builder.AddAttribute(1, "class", "field-error");
        builder.AddAttribute(2, "id", IdOf(pointer));
        builder.AddAttribute(3, "role", "alert");
        builder.AddContent(4, error.Message);
        builder.CloseElement();
    };

    private void Choose(string kind, bool isWanted)
    {
        if (isWanted)
            _kinds.Add(kind);
        else
            _kinds.Remove(kind);
    }

    private Task LoadAsync() => TryLoadAsync("The webhooks could not be loaded.", async () => _rows = [.. await Store.ListAsync(Gone)]);

    private async Task CreateAsync()
    {
        var form = new WebhookForm(_name, _format, _target.Trim(), [.. _kinds.Order(StringComparer.Ordinal)]);
        _errors = form.Check([.. Desk.Kinds.Keys]);
        if (_errors.Count > 0)
            return;
        await DoAsync($"The webhook could not be added. A workspace has at most {WebhookStore.MostWebhooks}.", async () =>
        {
            Tell(await Desk.CreateAsync(form, Gone) ?? throw new InvalidOperationException("There are too many webhooks."));
            (_name, _target) = ("", "");
        });
    }

    private Task TestAsync(WebhookRow row) => DoAsync("The webhook could not be tried.", async () =>
    {
        await Desk.TryAsync(row.Id, Gone);
        _open = row.Id;
    });

    private Task SwitchAsync(WebhookRow row) => DoAsync("The webhook could not be switched.", () => Store.ChangeAsync(row.Id, new WebhookChange { IsActive = !row.IsActive }, Gone));

    private async Task RenewAsync(WebhookRow row)
    {
        if (await Confirm.AskAsync(Dialogs, "Make a new secret?", $"From now on requests to \"{row.Name}\" are signed with it. Receivers that check with the old one refuse them.", "Make a new secret"))
            await DoAsync("The secret could not be renewed.", async () => Tell(await Desk.RenewSecretAsync(row.Id, Gone)));
    }

    private async Task DeleteAsync(WebhookRow row)
    {
        if (await Confirm.AskAsync(Dialogs, "Delete the webhook?", $"\"{row.Name}\" is told nothing any more, and what it was told is forgotten.", "Delete"))
            await DoAsync("The webhook could not be deleted.", () => Store.DeleteAsync(row.Id, Gone));
    }

    private async Task DoAsync(string problem, Func<Task> action)
    {
        _busy = true;
        if (await TryAsync(problem, action))
            await LoadAsync();
        _busy = false;
    }

    private void Tell((string Secret, WebhookRow Row)? made) => (_told, _copied) = (made is { Secret.Length: > 0 } ? made : null, false);

    private void Open(WebhookRow row) => _open = _open == row.Id ? null : row.Id;

    private async Task CopyAsync() => _copied = _told is var (secret, _) && await Browser.CopyAsync(secret);
}
