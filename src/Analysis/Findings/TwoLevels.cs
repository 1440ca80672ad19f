using System.Text.Json.Nodes;
using Brigade.Analysis.Statistics;
using Brigade.Analysis.View;
using Brigade.Contracts.Runs;

namespace Brigade.Analysis.Findings;

/// <summary>Repetitions that fall into groups, of which a median describes none.</summary>
internal sealed class TwoLevels : IFinding
{
    public IEnumerable<Finding> Find(RunView run)
    {
        foreach (var cell in run.Cells)
        {
            var levels = Modality.Groups([.. cell.Completed.Select(row => row.ThroughputPerSecond)]);
            if (levels.Count < 2)
                continue;
            var around = Naming.List([.. levels.Select(level => $"{Naming.Number(level)} tasks a second")]);
            yield return new(
                "two-levels",
                Severity.Info,
                $"The {cell.Completed.Count} repetitions of {run.Describe(cell)} fall into {levels.Count} groups, around {around}: the same work ran in different ways, and the median describes none of them. Look for what differs between the trials: placement in memory, a processor's clock, a cache.",
                new() { ["levels"] = new JsonArray([.. levels.Select(level => (JsonNode?)Evidence.Figure(level))]), ["cells"] = Evidence.Cells([cell]) });
        }
    }
}
