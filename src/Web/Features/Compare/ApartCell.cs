using Brigade.Analysis.Comparing;
using Brigade.Contracts.Runs;
using Brigade.Web.Components.Formatting;

namespace Brigade.Web.Features.Compare;

/// <summary>A cell that not all compared runs measured.</summary>
/// <param name="Runs">Numbers of the runs that did.</param>
public sealed record ApartCell(string Label, IReadOnlyList<int> Runs)
{
    /// <summary>Cells that some runs have and others lack, in the order of the runs' plans.</summary>
    public static IReadOnlyList<ApartCell> Of(IReadOnlyList<ComparedSide> sides, Comparison comparison)
    {
        ArgumentNullException.ThrowIfNull(sides);
        ArgumentNullException.ThrowIfNull(comparison);
        List<ApartCell> apart = [.. comparison.Cells.Where(cell => cell.Runs.Any(run => run is null)).Select(cell => new ApartCell(cell.Label, [.. cell.Runs.Index().Where(run => run.Item is not null).Select(run => run.Index)]))];
        var aligned = comparison.Cells.SelectMany(cell => cell.Runs.Index().Where(run => run.Item is not null).Select(run => (run.Index, run.Item!.Cell))).ToHashSet();
        foreach (var side in sides.Where(side => side.Cell is null))
        {
            var measured = side.Run.Trials.Where(trial => trial.Status == TrialStatus.Completed).Select(trial => trial.Cell).ToHashSet();
            apart.AddRange(side.Run.Run.Plan!.Cells.Index().Where(cell => measured.Contains(cell.Index) && !aligned.Contains((side.Number, cell.Index)))
                .Select(cell => new ApartCell(Words.Of(cell.Item), [side.Number])));
        }

        return apart;
    }
}
