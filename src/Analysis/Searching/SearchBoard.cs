using Brigade.Contracts.Plan;
using Brigade.Contracts.Runs;

namespace Brigade.Analysis.Searching;

/// <summary>What became of a candidate so far.</summary>
public enum CandidateState
{
    /// <summary>The best so far.</summary>
    Leading,

    /// <summary>Still measured.</summary>
    In,

    /// <summary>Not measured yet.</summary>
    Waiting,

    /// <summary>Not measured any more, or not at all.</summary>
    Out,
}

/// <summary>A line of the leader board.</summary>
/// <param name="Cell">Index of the candidate in the plan.</param>
/// <param name="Standing">How it compares with the leader; null where it was not measured.</param>
/// <param name="ThroughputPerSecond">Its throughput as the leader's last trials saw it: comparable between candidates; 0 where it was not measured.</param>
/// <param name="Reason">Why it is out, as a sentence; empty where it is not.</param>
public sealed record BoardRow(int Cell, CandidateState State, Standing? Standing, double ThroughputPerSecond, string Reason);

/// <summary>The candidates of a search as they stand, from its trials alone: while it runs and after it.</summary>
public static class SearchBoard
{
    /// <summary>All candidates: those that are in, the best first, then those that wait, then those that left, the last first.</summary>
    /// <param name="trials">Trials that ended, skipped ones included, in any order.</param>
    public static IReadOnlyList<BoardRow> Of(TrialPlan plan, IReadOnlyList<TrialResult> trials)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var reasons = Reasons(trials);
        var rounds = Rounds.Of(trials);
        var standings = Standings.Of(rounds, cell => !reasons.ContainsKey(cell));
        var leader = standings.Count > 0 ? standings[0].Cell : -1;
        var rate = Statistics.Median.Of(trials.Where(trial => trial.Cell == leader && trial.Status == TrialStatus.Completed).Select(trial => trial.ThroughputPerSecond));
        var byCell = standings.ToDictionary(standing => standing.Cell);
        return
        [
            .. Enumerable.Range(0, plan.Cells.Count)
                .Select(cell =>
                {
                    var standing = byCell.GetValueOrDefault(cell);
                    var reason = reasons.GetValueOrDefault(cell, "");
                    var state = reason.Length > 0 ? CandidateState.Out : cell == leader ? CandidateState.Leading : standing is null ? CandidateState.Waiting : CandidateState.In;
                    return new BoardRow(cell, state, standing, standing is null ? 0 : rate * standing.Relative, reason);
                })
                .OrderBy(row => row.State)
                .ThenByDescending(row => row.State == CandidateState.Out ? row.Standing?.Rounds ?? 0 : 0)
                .ThenBy(row => row.Standing?.Gap ?? 0)
                .ThenBy(row => row.Cell),
        ];
    }

    /// <summary>Why candidates are out, by candidate.</summary>
    internal static IReadOnlyDictionary<int, string> Reasons(IEnumerable<TrialResult> trials)
    {
        var reasons = new Dictionary<int, string>();
        foreach (var trial in trials)
        {
            if (trial.Status == TrialStatus.Skipped && trial.Warnings.FirstOrDefault(SkipReason.IsDropped) is { } reason)
                reasons.TryAdd(trial.Cell, reason);
            else if (trial.Status is TrialStatus.Failed or TrialStatus.TimedOut)
                reasons[trial.Cell] = SkipReason.Failed(trial.Failure.TrimEnd('.'));
        }
        return reasons;
    }
}
