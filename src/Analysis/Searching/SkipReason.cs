using Brigade.Analysis.View;

namespace Brigade.Analysis.Searching;

/// <summary>Why a search leaves a trial out. Those that tell of the search's end say nothing against the candidate.</summary>
public static class SkipReason
{
    private const string EndMark = "The search ended";
    private const string RestMark = "Not needed in this round";

    /// <summary>Whether a reason says that its candidate was dropped, or never came in.</summary>
    public static bool IsDropped(string reason)
    {
        ArgumentNullException.ThrowIfNull(reason);
        return reason.Length > 0 && !reason.StartsWith(EndMark, StringComparison.Ordinal) && !reason.StartsWith(RestMark, StringComparison.Ordinal);
    }

    internal static string BudgetOver(TimeSpan budget) => $"{EndMark}: its budget of {Contracts.Spec.Units.FormatDuration(budget)} is used up.";

    internal static string Clear(int rounds) => $"{EndMark}: its answer was clear after {Naming.Count(rounds, "round")}.";

    internal static string AllRounds(int rounds) => $"{EndMark}: after {Naming.Count(rounds, "round")} more of them would say little more.";

    internal static string NothingLeft() => $"{EndMark}: no candidate is left.";

    internal static string Later() => $"{RestMark}: its neighbours with fewer and more workers were measured first.";

    internal static string Missed() => $"{RestMark}: it was measured in others.";

    internal static string Behind(double gap, int rounds) => $"Dropped after {Naming.Count(rounds, "round")}: about {Naming.Percent(1 - Math.Exp(-gap))} behind the leader.";

    internal static string SlowerHalf(double gap, int rounds) => $"Dropped after {Naming.Count(rounds, "round")}: in the slower half, about {Naming.Percent(1 - Math.Exp(-gap))} behind the leader.";

    internal static string NeighboursBehind() => "Not measured: its neighbours with fewer and more workers were far behind.";

    internal static string Failed(string failure) => $"Dropped: its trial did not complete: {failure}.";

    internal static string ProbeFailed(string runtime, string failure) => $"Not measured: the first trial in {runtime} did not complete: {failure}.";

    internal static string Errors(double ratio) => $"Dropped: {Naming.Percent(ratio)} of its tasks ended with an error.";

    internal static string TooManyWorkers(double share, int cores, int most) =>
        $"Not measured: a task keeps a processor busy for {Naming.Percent(share)} of its time, so that more than {most} workers have nothing to gain on {Naming.Count(cores, "processor")}. Name the count in matrix.workers to have it measured.";

    internal static string TooManyProcesses(int most) =>
        $"Not measured: more than {most} worker processes take more memory and start-up than they can give back here. Name the count in matrix.workers to have it measured.";

    internal static string OneThread() => "Not measured: the one thread of async computes one task at a time, however many are in flight.";

    internal static string NoChunks(double taskMs) => $"Not measured: handing out many tasks at a time pays for short ones, and these take {Naming.Milliseconds(taskMs)}. Name the size in matrix.chunkSize to have it measured.";
}
