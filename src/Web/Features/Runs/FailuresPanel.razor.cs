using Brigade.Contracts.Plan;
using Brigade.Contracts.Runs;
using Brigade.Web.Components.Formatting;
using Microsoft.AspNetCore.Components;

namespace Brigade.Web.Features.Runs;

/// <summary>Failed trials and tasks that ended with an error. Trials that failed in the same way are shown once.</summary>
public sealed partial class FailuresPanel
{
    /// <summary>What the message of a deadlock begins with.</summary>
    private const string Deadlock = "deadlock:";

    private IReadOnlyList<Group> _groups = [];

    [Parameter]
    public TrialPlan? Plan { get; set; }

    [Parameter, EditorRequired]
    public IReadOnlyList<TrialResult> Trials { get; set; } = [];

    protected override void OnParametersSet() => _groups =
    [
        .. Trials.Where(trial => trial.Failure.Length > 0 || trial.Errors > 0 || trial.Lost > 0 || trial.Replaced > 0 || trial.Dropped > 0)
            .GroupBy(trial => (trial.Status, trial.Failure, trial.TaskErrors.Count > 0 ? trial.TaskErrors[0].Message : ""))
            .Select(trials => new Group(trials.Key.Failure, [.. trials])),
    ];

    private static bool IsDeadlock(Group group) => group.Failure.StartsWith(Deadlock, StringComparison.Ordinal);

    private static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    private string Title(IReadOnlyList<TrialResult> trials) =>
        trials.Count == 1 ? $"Trial {trials[0].Index + 1}: {Name(trials[0])}" : $"{Numbers.Count(trials.Count, "trial")}, the first one trial {trials[0].Index + 1}: {Name(trials[0])}";

    private string Name(TrialResult trial) => Plan is not null && trial.Cell < Plan.Cells.Count ? $"{Words.Of(Plan.Cells[trial.Cell])}, repetition {trial.Repetition}" : trial.Runtime;

    private sealed record Group(string Failure, IReadOnlyList<TrialResult> Trials);
}
