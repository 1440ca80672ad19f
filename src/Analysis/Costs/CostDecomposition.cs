using Brigade.Analysis.Statistics;
using Brigade.Contracts.Runs;

namespace Brigade.Analysis.Costs;

/// <summary>Where the time of each cell's workers went.</summary>
internal static class CostDecomposition
{
    /// <summary>A share below this is not shown: it is rounding.</summary>
    private const double Least = 1e-6;

    /// <summary>The cells with their costs, in the same order; null for a cell of which no completed repetition tells.</summary>
    /// <param name="ended">Rows of each cell's trials that ended.</param>
    public static IReadOnlyList<CellCosts?> Of(IReadOnlyList<CellResult> cells, IReadOnlyList<IReadOnlyList<TrialRow>> ended)
    {
        var completed = ended.Select(IReadOnlyList<TrialRow> (rows) => rows.Where(row => row.Status == TrialStatus.Completed).ToArray()).ToArray();
        var alone = AloneTask.Of(cells.Select(cell => cell.Cell).ToArray(), completed);
        return cells.Select((_, index) => Of(index, completed[index], alone[index])).ToArray();
    }

    private static CellCosts? Of(int cell, IReadOnlyList<TrialRow> completed, AloneTask? alone)
    {
        // Beside nobody, every wait is the task's own.
        alone = alone?.Cell == cell ? alone with { WaitMs = double.MaxValue } : alone;
        var trials = completed.Select(row => (Budget: row.Workers * row.WallMs, Parts: TrialCosts.Of(row, alone))).Where(trial => trial.Parts is not null).ToArray();
        if (trials.Length == 0)
            return null;
        var budget = trials.Sum(trial => trial.Budget);
        var parts = Enum.GetValues<CostKind>()
            .Select(kind =>
            {
                var sum = trials.Sum(trial => trial.Parts![(int)kind]);
                var shares = trials.Select(trial => trial.Parts![(int)kind] / trial.Budget).ToArray();
                return new CostPart(kind, sum / trials.Length, sum / budget, shares.Min(), shares.Max());
            })
            .Where(part => part.Share >= Least);
        return new(budget / trials.Length, Median.Of(completed.Select(row => row.StartupMs)), parts.ToArray(), alone?.Cell);
    }
}
