using System.Text.Json;
using System.Text.Json.Nodes;
using Brigade.Contracts;
using Brigade.Contracts.Runs;
using Brigade.Data;
using Brigade.Data.Queries;
using Brigade.Web.Components.Formatting;

namespace Brigade.Web.Features.Webhooks.Happenings;

/// <summary>A run has ended.</summary>
internal sealed class RunFinishedStory(RunStore runs) : IHappeningStory
{
    public string Kind => HappeningKinds.RunFinished;

    public string Label => "a run has ended";

    public async Task<Story?> TellAsync(HappeningRow happening, CancellationToken cancellation) =>
        await runs.FindAsync(happening.Subject, cancellation) is { Row: var run }
            ? new Story($"Run \"{run.Name}\": {Words.Of(run.Status).ToLowerInvariant()}", Text(run), PathOf(run.Id), Data(run))
            : null;

    public static string PathOf(Guid run) => $"/runs/{run}";

    public static JsonObject Data(RunRow run) => new()
    {
        ["runId"] = run.Id, ["name"] = run.Name, ["experimentId"] = run.ExperimentId, ["status"] = JsonSerializer.SerializeToNode(run.Status, BrigadeJson.Options), ["reason"] = run.Reason,
        ["startedAt"] = run.StartedAt, ["endedAt"] = run.EndedAt, ["trials"] = run.TrialCount, ["trialsEnded"] = run.TrialsEnded, ["trialsFailed"] = run.TrialsFailed,
        ["tags"] = new JsonArray([.. run.Tags.Select(tag => (JsonNode?)tag)]),
    };

    private static string Text(RunRow run)
    {
        var trials = $"{run.TrialsEnded} of {Numbers.Count(run.TrialCount, "trial")}{(run.TrialsFailed > 0 ? $", {run.TrialsFailed} failed" : "")}.";
        return run.Reason.Length > 0 && run.Status != RunStatus.Completed ? $"{trials} {run.Reason}" : trials;
    }
}
