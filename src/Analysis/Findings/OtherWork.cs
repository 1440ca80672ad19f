using Brigade.Analysis.View;
using Brigade.Contracts.Runs;

namespace Brigade.Analysis.Findings;

/// <summary>Other programs had a part of the processors while trials were measured.</summary>
internal sealed class OtherWork : IFinding
{
    /// <summary>From this share of the processors on.</summary>
    private const double Noticeable = 0.25;

    public IEnumerable<Finding> Find(RunView run)
    {
        var rows = run.Cells.SelectMany(cell => cell.Completed).Where(row => row.OtherLoad is not null).ToArray();
        var disturbed = rows.Where(row => row.OtherLoad > Noticeable * run.Cores).OrderByDescending(row => row.OtherLoad).ToArray();
        if (disturbed.Length == 0)
            yield break;

        var text = $"Other programs were at work while {disturbed.Length} of {Naming.Count(rows.Length, "trial")} {(rows.Length == 1 ? "was" : "were")} measured: up to {Naming.Number(disturbed[0].OtherLoad!.Value)} of "
            + $"{Naming.Count(run.Cores, "processor")}. What has to share a processor is slower than it is; a speed-up that needs all of them cannot show.";
        yield return new("other-load", disturbed.Length * 2 > rows.Length ? Severity.Warning : Severity.Info, text, new()
        {
            ["most"] = Evidence.Figure(disturbed[0].OtherLoad!.Value),
            ["disturbed"] = disturbed.Length,
            ["measured"] = rows.Length,
        });
    }
}
