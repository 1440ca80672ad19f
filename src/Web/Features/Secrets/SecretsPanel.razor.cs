using Brigade.Data.Queries;
using Brigade.Web.Components.Shared;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace Brigade.Web.Features.Secrets;

/// <summary>The secrets of the workspace, by name.</summary>
public sealed partial class SecretsPanel
{
    private IReadOnlyList<SecretRow>? _rows;
    private string _name = "";
    private string _value = "";
    private string _said = "";
    private string? _wrong;
    private bool _busy;

    [Inject]
    private SecretStore Store { get; set; } = null!;

    [Inject]
    private IDialogService Dialogs { get; set; } = null!;

    protected override Task OnInitializedAsync() => LoadAsync();

    private Task LoadAsync() => TryLoadAsync("The secrets could not be loaded.", async () => _rows = await Store.ListAsync(Gone));

    private async Task SaveAsync()
    {
        (_said, _name) = ("", _name.Trim());
        _wrong = SecretStore.Problem(_name, _value);
        if (_wrong is not null || _busy)
            return;
        _busy = true;
        var isStored = false;
        if (await TryAsync("The secret could not be stored.", async () => isStored = await Store.SetAsync(_name, _value, Gone)))
        {
            if (isStored)
                (_said, _name) = ($"{_name} is stored. Runs that start from now on get it.", "");
            else
                _wrong = $"The workspace has {SecretStore.Most} secrets, which is the most. Delete one first.";
        }

        // It is not kept in the page's memory for longer than it takes.
        _value = "";
        await LoadAsync();
        _busy = false;
    }

    private async Task DeleteAsync(SecretRow row)
    {
        _said = "";
        if (!await Confirm.AskAsync(Dialogs, $"Delete {row.Name}?", "Runs that name it fail from now on. Its value cannot be brought back.", "Delete"))
            return;
        _busy = true;
        if (await TryAsync("The secret could not be deleted.", () => Store.DeleteAsync(row.Name, Gone)))
            _said = $"{row.Name} is deleted.";
        await LoadAsync();
        _busy = false;
    }
}
