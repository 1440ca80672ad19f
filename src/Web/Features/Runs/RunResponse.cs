using System.Text.Json.Nodes;
using Brigade.Contracts.Plan;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;
using Brigade.Data.Queries;
using Brigade.Web.Features.Runs.Guessing;

namespace Brigade.Web.Features.Runs;

/// <summary>The answer to a submission.</summary>
public sealed record RunSubmitted(Guid Id, RunStatus Status);

/// <summary>A run with its spec and all that is known of its machine and plan.</summary>
/// <param name="Machine">Absent until the run has started.</param>
/// <param name="Plan">Absent until the run has started.</param>
/// <param name="Source">The tool that it was imported from; absent where Brigade measured it.</param>
public sealed record RunResponse(
    Guid Id, RunStatus Status, string Reason, string Name, Guid? ExperimentId, int? ExperimentVersion, DateTimeOffset QueuedAt, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt,
    int TrialCount, int TrialsEnded, int TrialsFailed, string RunnerName, IReadOnlyList<string> Tags, int Seed, JsonNode Spec, Machine? Machine, TrialPlan? Plan, string? Source = null)
{
    /// <summary>What somebody thought would win; absent until the run has ended, so that it sways nobody.</summary>
    public Guess? Guess { get; init; }

    /// <summary>The schedule that began it; absent where somebody asked for it.</summary>
    public string? Schedule { get; init; }

    internal static RunResponse Of(RunDetail run) => new(
        run.Row.Id, run.Row.Status, run.Row.Reason, run.Row.Name, run.Row.ExperimentId, run.Row.ExperimentVersion, run.Row.QueuedAt, run.Row.StartedAt, run.Row.EndedAt,
        run.Row.TrialCount, run.Row.TrialsEnded, run.Row.TrialsFailed, run.Row.RunnerName, run.Row.Tags, run.Seed, JsonNode.Parse(SpecWriter.ToJson(run.Spec))!, run.Machine, run.Plan, run.Row.Source is { Length: > 0 } source ? source : null)
    {
        Schedule = run.Row.Schedule is { Length: > 0 } schedule ? schedule : null,
        Guess = run.Row.Status.IsTerminal() ? GuessReading.Stored(run.Guess) : null,
    };
}
