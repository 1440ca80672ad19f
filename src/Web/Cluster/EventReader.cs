using System.Text.Json;
using Brigade.Contracts;
using Brigade.Contracts.Messages;
using Brigade.Contracts.Plan;

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
            var runEvent = JsonSerializer.Deserialize<RunEvent>(utf8, BrigadeJson.Options);
            problem = Problem(runEvent, plan);
            return problem.Length == 0 ? runEvent : null;
        }
        catch (Exception unreadable) when (unreadable is JsonException or NotSupportedException)
        {
            problem = "it is no event of this version";
            return null;
        }
    }

    // What a constructor of a contract requires may still be null in JSON.
    private static string Problem(RunEvent? runEvent, TrialPlan? plan) => runEvent switch
    {
        null or FrameRecorded { Frame: null } or TrialEnded { Result: null } => "it is empty",
        RunStarted started => IsWhole(started.Plan) && started.Machine is not null ? "" : "its plan or machine is not whole",
        FrameRecorded recorded => Trial(recorded.Frame.Trial, plan) is { Length: > 0 } wrong ? wrong
            : recorded.Frame is { Number: >= 0, Workers: not null, Histogram: not null } ? "" : "its frame is not whole",
        TrialEnded ended => Trial(ended.Result.Index, plan) is { Length: > 0 } wrong ? wrong
            : ended.Result.Cell == plan!.Trials[ended.Result.Index].Cell ? "" : $"trial {ended.Result.Index} is not of cell {ended.Result.Cell}",
        TrialStarted started => Trial(started.Trial, plan),
        TrialMeasuring measuring => Trial(measuring.Trial, plan),
        _ => "",
    };

    private static string Trial(int index, TrialPlan? plan) =>
        plan is null ? "the run has not started" : index >= 0 && index < plan.Trials.Count ? "" : $"there is no trial {index}";

    private static bool IsWhole(TrialPlan? plan) =>
        plan is { Cells: not null, Trials: not null }
        && plan.Trials.Select((trial, position) => trial.Index == position && trial.Cell >= 0 && trial.Cell < plan.Cells.Count).All(whole => whole);
}
