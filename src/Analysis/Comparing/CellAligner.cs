using Brigade.Contracts.Plan;

namespace Brigade.Analysis.Comparing;

/// <summary>Finds which cells of several runs are the same.</summary>
internal static class CellAligner
{
    /// <summary>
    /// One row per cell with a place for each run; null where a run does not have it. Cells are the same with equal coordinates and runtime; what is left over is then matched by the
    /// runtime's kind, where that leaves no choice, so that an experiment's Python can be followed from one version to the next.
    /// </summary>
    public static IReadOnlyList<IReadOnlyList<MeasuredCell?>> Align(IReadOnlyList<MeasuredRun> runs)
    {
        var rows = new List<MeasuredCell?[]>();
        for (var run = 0; run < runs.Count; run++)
        {
            var left = Place(rows, run, runs[run].Cells, CellKey.Of);
            left = Place(rows, run, left, CellKey.OfKind);
            foreach (var cell in left)
            {
                var row = new MeasuredCell?[runs.Count];
                row[run] = cell;
                rows.Add(row);
            }
        }
        return rows;
    }

    /// <summary>Puts cells into rows that have the same key and no cell of this run yet; those whose key is not unique, or has no row, are left.</summary>
    private static IReadOnlyList<MeasuredCell> Place(List<MeasuredCell?[]> rows, int run, IReadOnlyList<MeasuredCell> cells, Func<Cell, string> key)
    {
        var free = rows.Where(row => row[run] is null).ToLookup(row => key(row.OfType<MeasuredCell>().First().Cell), StringComparer.Ordinal);
        var left = new List<MeasuredCell>();
        foreach (var group in cells.GroupBy(cell => key(cell.Cell), StringComparer.Ordinal))
        {
            if (group.Count() == 1 && free[group.Key].Count() == 1)
                free[group.Key].Single()[run] = group.Single();
            else
                left.AddRange(group);
        }
        return left;
    }
}
