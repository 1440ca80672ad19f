using Brigade.Analysis.View;
using Brigade.Contracts.Runs;

namespace Brigade.Analysis.Findings;

/// <summary>Work that computes went faster than the processors could make it: something other than the strategy changed between the cells.</summary>
internal sealed class ImplausibleSpeedup : IFinding
{
    public IEnumerable<Finding> Find(RunView run)
    {
        var cells = run.Cells.Where(run.IsImplausible).OrderByDescending(cell => cell.Result.Speedup / run.Parallelism(cell)).ToArray();
        if (cells.Length == 0)
            yield break;

        var worst = cells[0];
        var more = cells.Length > 1 ? $" {Naming.Sentence(Naming.Count(cells.Length - 1, "other cell"))} did so too." : "";
        var text = $"The speed-up of {Naming.Times(worst.Result.Speedup!.Value)} for {run.Describe(worst)} is above what the machine could give: "
            + $"no more than {Naming.Count(run.Parallelism(worst), "processor")} could work on it.{more} It does not count as a win. The cell that it is compared with was probably slowed down by other load; repeat the run on a quiet machine.";
        yield return new("implausible-speedup", Severity.Warning, text, new()
        {
            ["cores"] = run.Cores,
            ["count"] = cells.Length,
            ["cells"] = Evidence.Cells(cells),
        });
    }
}
