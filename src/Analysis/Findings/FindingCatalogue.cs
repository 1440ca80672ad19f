using Brigade.Analysis.View;
using Brigade.Contracts.Runs;

namespace Brigade.Analysis.Findings;

/// <summary>All findings. A new one is a new file and a line here.</summary>
internal static class FindingCatalogue
{
    public static IReadOnlyList<IFinding> All { get; } =
    [
        new TrialsFailed(),
        new ChecksumMismatch(),
        new TaskErrors(),
        new ImplausibleSpeedup(),
        new GilThreads(),
        new ProcessesScale(),
        new ThreadsScale(),
        new AsyncBlocks(),
        new WaitingOverlaps(),
        new DispatchDominates(),
        new RuntimesDiffer(),
        new Noise(),
        new ColdStart(),
        new FewRepetitions(),
    ];

    /// <summary>What the run shows: errors, then warnings, then the rest, each in the catalogue's order.</summary>
    public static IReadOnlyList<Finding> Find(RunView run) =>
        All.SelectMany(finding => finding.Find(run)).OrderBy(found => Severity.Rank(found.Severity)).ToArray();
}
