using Brigade.Data.Queries;
using Brigade.Web.Components.Formatting;
using Brigade.Web.Components.Shared;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace Brigade.Web.Features.Settings;

/// <summary>What the workspace keeps, and for how long.</summary>
public sealed partial class RetentionPanel
{
    private RetentionRules? _rules;
    private bool _framesOn;
    private bool _trialsOn;
    private int? _framesDays = 90;
    private int? _trialsDays = 365;
    private string _said = "";
    private bool _busy;

    [Inject]
    private RetentionStore Store { get; set; } = null!;

    [Inject]
    private IDialogService Dialogs { get; set; } = null!;

    protected override Task OnInitializedAsync() => LoadAsync();

    private static bool IsWrong(bool isOn, int? days) => isOn && days is null or < 1 or > RetentionRules.MostDays;

    private Task LoadAsync() => TryLoadAsync("The settings could not be loaded.", async () =>
    {
        _rules = await Store.RulesAsync(Gone);
        (_framesOn, _trialsOn) = (_rules.KeepFramesDays is not null, _rules.KeepTrialsDays is not null);
        (_framesDays, _trialsDays) = (_rules.KeepFramesDays ?? _framesDays, _rules.KeepTrialsDays ?? _trialsDays);
    });

    private async Task SaveAsync()
    {
        _said = "";
        if (IsWrong(_framesOn, _framesDays) || IsWrong(_trialsOn, _trialsDays))
        {
            _said = $"Days are whole numbers from 1 to {Numbers.Count(RetentionRules.MostDays)}. Nothing was saved.";
            return;
        }

        var rules = new RetentionRules(_framesOn ? _framesDays : null, _trialsOn ? _trialsDays : null);
        if (rules != RetentionRules.KeepAll && rules != _rules
            && !await Confirm.AskAsync(Dialogs, "Delete what is older?", "What is older than this is deleted within the hour, and again every hour. It cannot be brought back.", "Save and delete", "Go back"))
            return;
        _busy = true;
        if (await TryAsync("The settings could not be saved.", () => Store.ChangeRulesAsync(rules, Gone)))
            (_rules, _said) = (rules, rules == RetentionRules.KeepAll ? "Saved: everything is kept for ever." : "Saved: what is older is deleted within the hour.");
        _busy = false;
    }
}
