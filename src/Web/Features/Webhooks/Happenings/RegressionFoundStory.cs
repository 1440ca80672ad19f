using System.Text.Json;
using System.Text.Json.Nodes;
using Brigade.Contracts;
using Brigade.Data;
using Brigade.Data.Entities;
using Brigade.Data.Queries;
using Brigade.Web.Components.Formatting;
using Brigade.Web.Features.Trends;

namespace Brigade.Web.Features.Webhooks.Happenings;

/// <summary>The level of a cell became worse.</summary>
internal sealed class RegressionFoundStory(ChangeStore changes) : IHappeningStory
{
    public string Kind => HappeningKinds.RegressionFound;

    public string Label => "a regression was found in a trend";

    public async Task<Story?> TellAsync(HappeningRow happening, CancellationToken cancellation)
    {
        // One that later runs have withdrawn meanwhile is none.
        if (await changes.FindAsync(happening.Subject, cancellation) is not { State: not ChangeState.Withdrawn } change)
            return null;
        var cell = change.Cell is { } known ? Words.Of(known) : "";
        var data = new JsonObject
        {
            ["changeId"] = change.Id, ["experimentId"] = change.ExperimentId, ["experiment"] = change.ExperimentName, ["runId"] = change.RunId, ["cell"] = cell, ["cellKey"] = change.CellKey,
            ["machine"] = change.MachineKey, ["metric"] = JsonSerializer.SerializeToNode(change.Metric, BrigadeJson.Options), ["before"] = change.Before, ["after"] = change.After,
            ["relativeShift"] = change.RelativeShift, ["confidence"] = change.Confidence, ["endedAt"] = change.At,
        };
        var where = string.Join(", on ", new[] { cell, change.MachineKey }.Where(part => part.Length > 0));
        return new Story($"Regression in \"{change.ExperimentName}\"", $"{ChangeWords.Of(change)}.\n{where}".TrimEnd(), $"/experiments/{change.ExperimentId}/trend?cell={change.CellKey}", data);
    }
}
