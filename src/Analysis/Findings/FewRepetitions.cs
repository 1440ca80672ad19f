using Brigade.Analysis.View;
using Brigade.Contracts.Runs;

namespace Brigade.Analysis.Findings;

/// <summary>So few repetitions that an interval says less than its 95 %: the range of n values holds the true median with probability 1 − 2^(1 − n).</summary>
internal sealed class FewRepetitions : IFinding
{
    /// <summary>The fewest repetitions whose range reaches 95 %.</summary>
    public const int Enough = 6;

    /// <summary>Below this a median cannot set an outlier aside.</summary>
    public const int Fewest = 3;

    public IEnumerable<Finding> Find(RunView run)
    {
        // A search measures most candidates once or twice on purpose; its advice says how sure it is.
        if (run.Search is not null)
            yield break;
        var measured = run.Cells.Where(cell => cell.HasFigures).ToArray();
        var few = measured.Where(cell => cell.Completed.Count < Enough).ToArray();
        if (few.Length == 0)
            yield break;

        var least = few.Min(cell => cell.Completed.Count);
        // Where the repetitions differ, the finding about that already asks for more of them.
        if (least >= Fewest && Noise.Speaks(run))
            yield break;
        var text = least == 1
            ? $"{Naming.Count(few.Count(cell => cell.Completed.Count == 1), "cell")} of {measured.Length} completed one repetition only: nothing tells how much the figures vary. Repeat at least {Fewest} times to compare, {Enough} times to decide."
            : $"With {least} repetitions an interval is no more than their range: it holds the true median in {Naming.Percent(1 - Math.Pow(2, 1 - least))} of cases, not in 95 %. Repeat {Enough} times to decide on small differences.";
        yield return new("few-repetitions", least < Fewest ? Severity.Warning : Severity.Info, text, new()
        {
            ["cells"] = few.Length,
            ["fewest"] = least,
            ["coverage"] = Evidence.Figure(1 - Math.Pow(2, 1 - least)),
        });
    }
}
