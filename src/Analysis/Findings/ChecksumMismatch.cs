using System.Text.Json.Nodes;
using Brigade.Analysis.View;
using Brigade.Contracts.Runs;

namespace Brigade.Analysis.Findings;

/// <summary>Trials that did the same tasks gave different results. Only where the load is a count, and only trials without errors: else they did not do the same tasks.</summary>
internal sealed class ChecksumMismatch : IFinding
{
    public IEnumerable<Finding> Find(RunView run)
    {
        if (run.Spec.Load.Tasks is null)
            yield break;
        var rows = run.Cells.SelectMany(cell => cell.Completed, (cell, row) => (cell, row)).Where(pair => pair.row is { Errors: 0, Lost: 0, Checksum.Length: > 0 });
        foreach (var same in rows.GroupBy(pair => (Parameters: Naming.Parameters(pair.row.Params), pair.row.Tasks)))
        {
            var results = same.GroupBy(pair => pair.row.Checksum, StringComparer.OrdinalIgnoreCase).OrderByDescending(group => group.Count()).ThenBy(group => group.Min(pair => pair.row.Index)).ToArray();
            if (results.Length > 1)
                yield return Describe(run, same.Key.Parameters, results);
        }
    }

    private static Finding Describe(RunView run, string parameters, IReadOnlyList<IGrouping<string, (CellView Cell, TrialRow Row)>> results)
    {
        var others = results.Skip(1).SelectMany(group => group).Select(pair => pair.Cell).DistinctBy(cell => cell.Index).ToArray();
        // What code returns or a server answers may rightly depend on time or chance; a built-in kernel's result may not.
        var isFixed = run.Spec.Workload.Kernel is { } kernel && !string.Equals(kernel, "io.http", StringComparison.Ordinal);
        var meaning = isFixed
            ? "They did not do the same work, so their speeds must not be compared."
            : "Either they did not do the same work, or the results depend on time or chance: then make them repeatable, or return nothing.";
        var where = parameters.Length > 0 ? $" with {parameters}" : "";
        var text = $"The results of the tasks{where} do not agree: {results[0].Count()} trials gave the checksum {results[0].Key}, but {Naming.Count(results.Skip(1).Sum(group => group.Count()), "trial")} "
            + $"gave another ({Naming.List(others.Take(5).Select(cell => run.Describe(cell)).ToArray())}). {meaning}";
        var checksums = new JsonObject();
        foreach (var group in results.Take(Evidence.MaximumCells))
            checksums[group.Key] = new JsonArray(group.Select(pair => (JsonNode)pair.Row.Index).ToArray());
        return new("checksum-mismatch", isFixed ? Severity.Error : Severity.Warning, text, new() { ["trialsByChecksum"] = checksums });
    }
}
