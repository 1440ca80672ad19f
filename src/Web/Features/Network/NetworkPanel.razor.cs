using Brigade.Contracts.Network;
using Brigade.Data;
using Brigade.Data.Queries;
using Microsoft.AspNetCore.Components;

namespace Brigade.Web.Features.Network;

/// <summary>Whom the workspace's runs may connect to.</summary>
public sealed partial class NetworkPanel
{
    private NetworkRules? _rules;
    private string _allowed = "";
    private bool _onlyListed;
    private string _said = "";
    private string? _wrong;
    private bool _busy;

    [Inject]
    private NetworkStore Store { get; set; } = null!;

    [Inject]
    internal OutgoingRules Rules { get; set; } = null!;

    [Inject]
    private IWorkspaceScope Me { get; set; } = null!;

    protected override Task OnInitializedAsync() => LoadAsync();

    private Task LoadAsync() => TryLoadAsync("The settings could not be loaded.", async () =>
    {
        _rules = await Store.RulesAsync(Gone);
        (_allowed, _onlyListed) = (string.Join('\n', _rules.Allowed), _rules.OnlyListed);
    });

    private async Task SaveAsync()
    {
        _said = "";
        var rules = new NetworkRules(_allowed.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries), _onlyListed);
        _wrong = rules.Problem();
        if (_wrong is not null || _busy)
            return;
        _busy = true;
        if (await TryAsync("The settings could not be saved.", () => Store.ChangeRulesAsync(rules, Gone)))
            (_rules, _said) = (rules, "Saved. It holds for runs that start from now on.");
        _busy = false;
    }
}
