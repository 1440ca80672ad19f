using System.Text.Json;
using Brigade.Contracts;
using Brigade.Contracts.Runs;
using Brigade.Data;
using Brigade.Data.Queries;
using Brigade.Web.Components.Formatting;

namespace Brigade.Web.Features.Webhooks.Happenings;

/// <summary>A threshold of a run does not hold.</summary>
internal sealed class ThresholdFailedStory(RunStore runs) : IHappeningStory
{
    public string Kind => HappeningKinds.ThresholdFailed;

    public string Label => "a threshold of a run does not hold";

    public async Task<Story?> TellAsync(HappeningRow happening, CancellationToken cancellation)
    {
        if (await runs.FindAsync(happening.Subject, cancellation) is not { Plan: { } plan, Row: var run })
            return null;
        var failed = JsonSerializer.Deserialize<List<ThresholdOutcome>>(happening.Data, BrigadeJson.Options) ?? [];
        var data = RunFinishedStory.Data(run);
        data["thresholds"] = JsonSerializer.SerializeToNode(failed, BrigadeJson.Options);
        var lines = failed.Select(outcome => $"{outcome.Threshold} ({(outcome.Cell < plan.Cells.Count ? Words.Of(plan.Cells[outcome.Cell]) : $"cell {outcome.Cell}")})");
        return new Story($"Run \"{run.Name}\": {Numbers.Count(failed.Count, "threshold")} failed", string.Join('\n', lines), RunFinishedStory.PathOf(run.Id), data);
    }
}
