using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;

namespace Brigade.Analysis.Searching;

/// <summary>A search as the advice sees it.</summary>
/// <param name="Difference">Share below which a difference does not matter.</param>
/// <param name="Out">Candidates that left, with the reason.</param>
/// <param name="Standings">Candidates with a figure, the leader first.</param>
internal sealed record SearchView(double Difference, IReadOnlyDictionary<int, string> Out, IReadOnlyList<Standing> Standings)
{
    private readonly Dictionary<int, Standing> _byCell = Standings.ToDictionary(standing => standing.Cell);

    /// <summary>Null where the spec has no search.</summary>
    public static SearchView? Of(ExperimentSpec spec, Rounds rounds, IReadOnlyList<TrialResult> trials)
    {
        if (spec.Search is not { } search)
            return null;
        var left = SearchBoard.Reasons(trials);
        return new(search.Difference, left, Searching.Standings.Of(rounds, cell => !left.ContainsKey(cell)));
    }

    /// <summary>Throughput relative to the leader's, by the rounds that measured both; 0 where it was not measured.</summary>
    public double Level(int cell) => _byCell.TryGetValue(cell, out var standing) ? standing.Relative : 0;
}
