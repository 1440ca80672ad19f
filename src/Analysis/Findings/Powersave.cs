using Brigade.Analysis.View;
using Brigade.Contracts.Runs;

namespace Brigade.Analysis.Findings;

/// <summary>The processors' frequency was governed to save power.</summary>
internal sealed class Powersave : IFinding
{
    private const string Governor = "powersave";

    public IEnumerable<Finding> Find(RunView run)
    {
        if (!string.Equals(run.Machine.Governor, Governor, StringComparison.Ordinal) || run.Cells.All(cell => cell.Completed.Count == 0))
            yield break;

        const string Text = "The processors ran under the frequency governor 'powersave': they clock up late, or never, and short trials may see more of the climb than of the height. "
            + "Cells of this run compare with each other, since all had it; with runs under another governor they do not. 'sudo cpupower frequency-set -g performance' sets the one to measure with.";
        yield return new("powersave", Severity.Info, Text, new() { ["governor"] = Governor });
    }
}
