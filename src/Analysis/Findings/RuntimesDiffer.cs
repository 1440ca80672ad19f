using System.Text.Json.Nodes;
using Brigade.Analysis.View;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;

namespace Brigade.Analysis.Findings;

/// <summary>The same work by the same strategy takes one runtime longer than another.</summary>
internal sealed class RuntimesDiffer : IFinding
{
    /// <summary>A smaller ratio does not count.</summary>
    private const double Floor = 1.1;

    public IEnumerable<Finding> Find(RunView run)
    {
        var work = run.Groups.GroupBy(group => group.Parameters, StringComparer.Ordinal).OrderByDescending(groups => groups.Max(group => group.Class?.TaskMs ?? 0));
        return work.Select(groups => Compare(run, groups.SelectMany(group => group.Cells).ToArray())).FirstOrDefault(findings => findings.Count > 0) ?? [];
    }

    /// <summary>The fastest runtime against each of the others.</summary>
    private static IReadOnlyList<Finding> Compare(RunView run, IReadOnlyList<CellView> cells)
    {
        var shared = cells.Where(cell => cell.HasFigures)
            .GroupBy(cell => (cell.Strategy, cell.Workers))
            .Select(group => group.DistinctBy(cell => cell.Cell.Runtime, StringComparer.Ordinal).ToArray())
            .Where(group => group.Length > 1)
            .OrderBy(group => group[0].Strategy).ThenBy(group => group[0].Workers)
            .ToArray();
        if (shared.Length == 0)
            return [];
        var fastest = shared[0].MaxBy(cell => cell.Throughput)!;
        return shared[0]
            .Where(cell => cell != fastest && fastest.Throughput / cell.Throughput >= FloorOf(fastest, cell) && !fastest.Overlaps(cell))
            .Select(cell => Describe(run, fastest, cell, shared))
            .ToArray();
    }

    /// <summary>From one repetition nothing tells how much a throughput varies: only what no noise explains counts.</summary>
    private static double FloorOf(CellView fast, CellView slow) => Math.Min(fast.Completed.Count, slow.Completed.Count) < 2 ? Scaling.BeyondNoise : Floor;

    private static Finding Describe(RunView run, CellView fast, CellView slow, IEnumerable<CellView[]> shared)
    {
        var (fastName, slowName) = (run.Names.Runtime(fast.Cell.Runtime), run.Names.Runtime(slow.Cell.Runtime));
        var ratios = new JsonArray();
        foreach (var group in shared.Take(Evidence.MaximumCells))
        {
            var (left, right) = (Array.Find(group, cell => Same(cell, fast)), Array.Find(group, cell => Same(cell, slow)));
            if (left is not null && right is not null)
                ratios.Add(new JsonObject { ["strategy"] = Evidence.Cell(left)["strategy"]!.DeepClone(), ["workers"] = left.Workers, ["ratio"] = Evidence.Figure(left.Throughput / right.Throughput) });
        }
        var by = Naming.Sentence((fast.Strategy == Strategy.Sequential ? "" : "by ") + run.DescribeWithin(fast));
        var text = $"{by}, {fastName} did {Naming.Times(fast.Throughput / slow.Throughput)} the work of {slowName} in the same time "
            + $"({Naming.Number(fast.Throughput)} against {Naming.Number(slow.Throughput)} tasks a second).";
        return new("runtimes-differ", Severity.Info, text, new() { ["faster"] = fast.Cell.Runtime, ["slower"] = slow.Cell.Runtime, ["ratios"] = ratios });
    }

    private static bool Same(CellView cell, CellView other) => string.Equals(cell.Cell.Runtime, other.Cell.Runtime, StringComparison.Ordinal);
}
