using Brigade.Analysis.View;
using Brigade.Contracts.Plan;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;

namespace Brigade.Analysis.Costs;

/// <summary>What one task of some work takes when no other runs beside it.</summary>
/// <param name="Cell">Index of the one-worker cell that it was measured in.</param>
/// <param name="CpuMs">On a processor.</param>
/// <param name="WaitMs">Waiting by its nature: in no run queue and for nobody else's lock.</param>
internal sealed record AloneTask(int Cell, double CpuMs, double WaitMs)
{
    /// <summary>For each cell the task alone: from the cell itself where it has one worker; else from the sequential cell of the same runtime and parameters, else from another with one worker; null where there is none.</summary>
    public static IReadOnlyList<AloneTask?> Of(IReadOnlyList<Cell> cells, IReadOnlyList<IReadOnlyList<TrialRow>> completed)
    {
        var alone = cells.Select((cell, index) => cell.Workers == 1 && cell.Strategy != Strategy.ProcessPerTask ? Measure(index, completed[index]) : null).ToArray();
        var byWork = cells.Index().Where(pair => alone[pair.Index] is not null).ToLookup(pair => WorkOf(pair.Item));
        return cells.Select((cell, index) => alone[index] ?? byWork[WorkOf(cell)]
            .OrderBy(pair => pair.Item.Strategy == Strategy.Sequential ? 0 : pair.Item.Strategy == cell.Strategy ? 1 : 2)
            .ThenBy(pair => Math.Abs(pair.Item.PayloadBytes - cell.PayloadBytes))
            .ThenBy(pair => pair.Index)
            .Select(pair => alone[pair.Index])
            .FirstOrDefault()).ToArray();
    }

    private static AloneTask? Measure(int cell, IReadOnlyList<TrialRow> completed)
    {
        var rows = completed.Where(row => row.Tasks > 0).ToArray();
        if (rows.Length == 0)
            return null;
        var tasks = rows.Sum(row => row.Tasks);
        var spent = rows.Select(row => InTasks.Of(row, row.Strategy == Strategy.Processes ? row.SerializationMs ?? 0 : 0)).ToArray();
        return new(cell, spent.Sum(one => one.CpuMs) / tasks, spent.Sum(one => one.WaitMs) / tasks);
    }

    private static (string Runtime, string Parameters) WorkOf(Cell cell) => (cell.Runtime, Naming.Parameters(cell.Params));
}
