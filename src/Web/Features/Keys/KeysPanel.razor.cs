using Brigade.Data.Entities;
using Brigade.Data.Queries;
using Brigade.Web.Components.Browser;
using Brigade.Web.Components.Formatting;
using Brigade.Web.Components.Shared;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace Brigade.Web.Features.Keys;

/// <summary>The keys of programs.</summary>
public sealed partial class KeysPanel
{
    private List<ApiKeyRow>? _rows;
    private (string Text, ApiKeyRow Row)? _made;
    private string _name = "";
    private ApiKeyScope _scope = ApiKeyScope.Write;
    private int _days = 90;
    private bool _isNameMissing;
    private bool _copied;
    private bool _busy;

    [Inject]
    private ApiKeyStore Store { get; set; } = null!;

    [Inject]
    private KeyDesk Keys { get; set; } = null!;

    [Inject]
    private ReaderClock Clock { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    [Inject]
    private BrowserModule Browser { get; set; } = null!;

    [Inject]
    private IDialogService Dialogs { get; set; } = null!;

    protected override Task OnInitializedAsync() => LoadAsync();

    private Task LoadAsync() => TryLoadAsync("The keys could not be loaded.", async () => _rows = [.. await Store.ListAsync(Gone)]);

    private async Task CreateAsync()
    {
        _isNameMissing = _name.Trim().Length == 0;
        if (_isNameMissing || _busy)
            return;
        _busy = true;
        (_made, _copied) = (null, false);
        var isMade = await TryAsync($"The key could not be made. A workspace has at most {ApiKeyStore.MostKeys} keys that are good.", async () =>
            _made = await Keys.CreateAsync(_name.Trim(), _scope, _days == 0 ? null : _days, Gone) ?? throw new InvalidOperationException("There are too many keys."));
        if (isMade)
        {
            _name = "";
            await LoadAsync();
        }

        _busy = false;
    }

    private async Task RevokeAsync(ApiKeyRow row)
    {
        if (!await Confirm.AskAsync(Dialogs, "Revoke the key?", $"Whatever uses \"{row.Name}\" is refused from now on. It cannot be undone.", "Revoke"))
            return;
        _busy = true;
        if (await TryAsync("The key could not be revoked.", () => Keys.RevokeAsync(row.Id, Gone)))
            await LoadAsync();
        _busy = false;
    }

    private async Task CopyAsync() => _copied = _made is var (text, _) && await Browser.CopyAsync(text);
}
