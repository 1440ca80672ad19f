using Brigade.Contracts.Plan;
using Brigade.Data.Queries;

namespace Brigade.Web.Features.Compare;

/// <summary>One thing of a comparison: a run, or a cell of a run. The first one is what the others are compared with.</summary>
/// <param name="Number">From 0; an index into the comparison's runs.</param>
/// <param name="Cell">Number of the cell in the run's plan where cells of one run are compared; null where it is the whole run.</param>
/// <param name="Title">What it is called beside the others.</param>
public sealed record ComparedSide(int Number, MeasuredRun Run, int? Cell, string Title)
{
    /// <summary>Its name in tables and charts: A for the first.</summary>
    public string Letter => ((char)('A' + Number)).ToString();

    /// <summary>The name of its colour (<c>--series-run-1</c> and so on).</summary>
    public string Series => $"run-{Number + 1}";

    /// <summary>The number in the run's plan of a cell that the comparison measured.</summary>
    /// <param name="cell">As <see cref="Analysis.Comparing.CellMeasurements.Cell"/> has it.</param>
    public int PlanCell(int cell) => Cell ?? cell;

    public Cell CellAt(int cell) => Run.Run.Plan!.Cells[PlanCell(cell)];
}
