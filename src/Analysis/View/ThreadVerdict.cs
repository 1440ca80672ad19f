using Brigade.Contracts.Spec;

namespace Brigade.Analysis.View;

/// <summary>Whether the threads of a group scale, decided once for the group, so that findings cannot contradict each other.</summary>
/// <param name="Scale">Whether they use several processors; else the GIL keeps them on one.</param>
/// <param name="Cells">The cells that show it, the one to speak of first.</param>
internal sealed record ThreadVerdict(bool Scale, IReadOnlyList<CellView> Cells)
{
    /// <summary>The verdict of the first cell that shows anything, those nearest to the number of processors first and threads before the pool; null where the group does not compute or no cell shows anything.</summary>
    public static ThreadVerdict? Of(RunView run, WorkGroup group)
    {
        if (!group.IsCpuBound || run.Cores < 2)
            return null;
        var verdicts = group.Parallel(run.Cores, Strategy.Threads, Strategy.Pool)
            .Where(cell => !run.IsImplausible(cell))
            .Select(cell => (Cell: cell, Scale: Scales(cell)))
            .Where(pair => pair.Scale is not null)
            .ToArray();
        return verdicts.Length == 0 ? null : new(verdicts[0].Scale == true, verdicts.Where(pair => pair.Scale == verdicts[0].Scale).Select(pair => pair.Cell).ToArray());
    }

    /// <summary>Null where the cell shows neither. That threads scale in spite of a GIL takes more evidence than that they scale without one.</summary>
    private static bool? Scales(CellView cell)
    {
        var hasGil = cell.Runtime?.Gil == true;
        if (Scaling.Scales(cell) && (!hasGil || Scaling.IsFaster(cell)))
            return true;
        return hasGil && Scaling.DoesNotScale(cell) ? false : null;
    }
}
