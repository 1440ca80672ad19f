using System.Text.Json;
using Brigade.Contracts.Messages;
using Brigade.Contracts.Plan;
using Brigade.Contracts.Runs;

namespace Brigade.Web.Cluster;

/// <summary>Reads a runner's events and refuses what could not be stored: an event of a trial that the plan does not have.</summary>
internal static class EventReader
{
    /// <param name="plan">The run's plan; null where it has not started.</param>
    /// <param name="problem">Why it is refused, in a few words; empty where it is not.</param>
    public static RunEvent? Read(byte[] utf8, TrialPlan? plan, out string problem)
    {
        try
        {
            var runEvent = StrictJson.Read<RunEvent>(utf8);
            problem = Problem(runEvent, plan);
            return problem.Length == 0 ? runEvent : null;
        }
        catch (Exception unreadable) when (unreadable is JsonException or NotSupportedException)
        {
            problem = "it is no event of this version";
            return null;
        }
    }

    // Lists that are there may still have null elements.
    private static string Problem(RunEvent? runEvent, TrialPlan? plan) => runEvent switch
    {
        null => "it is empty",
        RunStarted started => IsWhole(started.Plan) && IsWhole(started.Machine.Runtimes) ? "" : "its plan or machine is not whole",
        FrameRecorded recorded => Trial(recorded.Frame.Trial, plan) is { Length: > 0 } wrong ? wrong
            : recorded.Frame.Number >= 0 && IsWhole(recorded.Frame.Workers) && IsWhole(recorded.Frame.Spans) ? "" : "its frame is not whole",
        TrialEnded ended => Trial(ended.Result.Index, plan) is { Length: > 0 } wrong ? wrong
            : ended.Result.Cell != plan!.Trials[ended.Result.Index].Cell ? $"trial {ended.Result.Index} is not of cell {ended.Result.Cell}"
            : IsWhole(ended.Result.TaskErrors) && IsWhole(ended.Result.Warnings) ? "" : "its result is not whole",
        TrialStarted started => Trial(started.Trial, plan),
        TrialMeasuring measuring => Trial(measuring.Trial, plan),
        _ => "",
    };

    private static string Trial(int index, TrialPlan? plan) =>
        plan is null ? "the run has not started" : index >= 0 && index < plan.Trials.Count ? "" : $"there is no trial {index}";

    private static bool IsWhole(TrialPlan plan) =>
        IsWhole(plan.Cells) && IsWhole(plan.Notes) && IsWhole(plan.Trials)
        && plan.Trials.Select((trial, position) => trial.Index == position && trial.Cell >= 0 && trial.Cell < plan.Cells.Count).All(whole => whole);

    private static bool IsWhole(TaskSpans? spans) => spans is null
        || (spans.Count <= TaskSpans.MostPerFrame && spans.Starts.Count == spans.Count && spans.Durations.Count == spans.Count && spans.Errors.Count <= spans.Count
            && spans.Errors.All(position => position >= 0 && position < spans.Count));

    private static bool IsWhole<T>(IReadOnlyList<T> list)
        where T : class => list.All(element => element is not null);
}
