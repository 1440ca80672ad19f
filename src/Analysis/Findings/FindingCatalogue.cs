using Brigade.Analysis.View;
using Brigade.Contracts.Runs;

namespace Brigade.Analysis.Findings;

/// <summary>All findings. A new one is a new file and a line here.</summary>
internal static class FindingCatalogue
{
    public static IReadOnlyList<IFinding> All { get; } =
    [
        new Deadlock(),
        new TrialsFailed(),
        new ChecksumMismatch(),
        new TaskErrors(),
        new LostUpdates(),
        new WorkersLost(),
        new ImplausibleSpeedup(),
        new DispatcherLimit(),
        new RateNotReached(),
        new Dropped(),
        new LoopBlocked(),
        new HiddenWaiting(),
        new GilThreads(),
        new ProcessesScale(),
        new ThreadsScale(),
        new AsyncBlocks(),
        new WaitingOverlaps(),
        new DispatchDominates(),
        new TransportDominates(),
        new LockWaits(),
        new RuntimesDiffer(),
        new Throttled(),
        new Powersave(),
        new OtherWork(),
        new Noise(),
        new TwoLevels(),
        new Unsteady(),
        new ColdStart(),
        new FewRepetitions(),
    ];

    /// <summary>What the run shows: errors, then warnings, then the rest, each in the catalogue's order.</summary>
    public static IReadOnlyList<Finding> Find(RunView run) =>
        All.SelectMany(finding => finding.Find(run)).OrderBy(found => Severity.Rank(found.Severity)).ToArray();
}
