using Brigade.Analysis.View;

namespace Brigade.Analysis.Comparing;

/// <summary>Tells where all cells of a run changed alike, which the machine does more often than the code.</summary>
internal static class CommonShift
{
    /// <summary>Fewer cells may well have changed for one reason.</summary>
    private const int FewestCells = 4;

    public static IEnumerable<Difference> Of(int runs, IReadOnlyList<ComparedCell> cells)
    {
        for (var run = 1; run < runs; run++)
        {
            var verdicts = cells.SelectMany(cell => cell.Verdicts).Where(verdict => verdict.Run == run && verdict.Metric == Metrics.Throughput).ToArray();
            if (verdicts.Length < FewestCells || verdicts[0].Verdict is not (Verdict.Faster or Verdict.Slower) || Array.Exists(verdicts, verdict => verdict.Verdict != verdicts[0].Verdict))
                continue;
            var (least, most) = (verdicts.Min(verdict => verdict.RelativeShift), verdicts.Max(verdict => verdict.RelativeShift));
            if (most - least > Math.Abs(least + most) / 4)
                continue;
            var range = $"{Naming.Percent(Math.Min(Math.Abs(least), Math.Abs(most)))} to {Naming.Percent(Math.Max(Math.Abs(least), Math.Abs(most)))}";
            yield return new(
                "cells",
                [.. Enumerable.Range(0, runs).Select(at => at == run ? range : "")],
                DifferenceSeverity.Info,
                $"All {verdicts.Length} cells became {(verdicts[0].Verdict == Verdict.Slower ? "slower" : "faster")} alike, by {range}: that is what another state of the machine looks like. Measure both again before you look for it in the code.");
        }
    }
}
