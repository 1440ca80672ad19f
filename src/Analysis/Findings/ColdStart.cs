using Brigade.Analysis.View;
using Brigade.Contracts.Runs;

namespace Brigade.Analysis.Findings;

/// <summary>Starting up took longer than the work: it is in no throughput, but whoever starts anew each time pays it.</summary>
internal sealed class ColdStart : IFinding
{
    /// <summary>Start-up over start-up and work together.</summary>
    public const double Limit = 0.5;

    public IEnumerable<Finding> Find(RunView run)
    {
        var cells = run.Cells.Where(cell => cell.HasFigures && Share(cell) > Limit).OrderByDescending(Share).ToArray();
        if (cells.Length == 0)
            yield break;

        var worst = cells[0];
        var text = $"Starting up took longer than the work in {Naming.Count(cells.Length, "cell")}: {Naming.Milliseconds(worst.Result.Median.StartupMs)} against {Naming.Milliseconds(WorkMs(worst))} in "
            + $"{run.Describe(worst)}. Throughput leaves start-up out; a job that is started anew each time pays it each time.";
        var evidence = Evidence.Cell(worst);
        evidence["startupMs"] = Evidence.Figure(worst.Result.Median.StartupMs);
        evidence["wallMs"] = Evidence.Figure(WorkMs(worst));
        yield return new("cold-start", Severity.Info, text, new() { ["count"] = cells.Length, ["largest"] = evidence });
    }

    private static double WorkMs(CellView cell) => Statistics.Median.Of(cell.Completed.Select(row => row.WallMs));

    private static double Share(CellView cell) => cell.Result.Median.StartupMs is > 0 and var startup ? startup / (startup + WorkMs(cell)) : 0;
}
