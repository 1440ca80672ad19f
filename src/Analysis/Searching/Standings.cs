namespace Brigade.Analysis.Searching;

/// <summary>How a candidate of a search compares with the leader, by the rounds that measured both.</summary>
/// <param name="Cell">Index of the candidate in the plan.</param>
/// <param name="Rounds">In how many rounds it was measured.</param>
/// <param name="Gap">How far it is behind: the logarithm of the leader's throughput over its own; 0 for the leader.</param>
/// <param name="Error">Standard error of <see cref="Gap"/>.</param>
public sealed record Standing(int Cell, int Rounds, double Gap, double Error)
{
    /// <summary>Half the width of the interval, in standard errors: Student's t at 95 % for the few degrees of freedom that a search has.</summary>
    public const double Width = 2.3;

    /// <summary>Its throughput over the leader's.</summary>
    public double Relative => Math.Exp(-Gap);

    /// <summary>Lower end of the 95 % interval of <see cref="Relative"/>.</summary>
    public double Low => Math.Exp(-Gap - (Width * Error));

    /// <summary>Upper end of that interval.</summary>
    public double High => Math.Exp(-Gap + (Width * Error));

    /// <summary>Whether it is behind by more than a share, whatever the noise.</summary>
    public bool IsBehindBy(double share) => Gap - (Width * Error) > Math.Log(1 + share);

    /// <summary>Whether it is at most a share behind, with room for half of the noise.</summary>
    public bool IsWithin(double share) => Gap + (0.5 * Error) <= Math.Log(1 + share);
}

/// <summary>
/// Ranks the candidates of a search. Each is compared with the leader in pairs, round by round; the middle of the paired differences sets single disturbed trials aside (a mean trimmed by a quarter at
/// each end). With few rounds a candidate's own scatter says little, so it is drawn towards that of all candidates, and that towards what trials usually scatter by (empirical Bayes; Smyth 2004,
/// "Linear models and empirical Bayes methods", gives the same weighting of variances by degrees of freedom).
/// </summary>
internal static class Standings
{
    /// <summary>What the logarithm of a ratio of two short trials usually scatters by, and how many measurements that assumption is worth.</summary>
    private const double UsualScatter = 0.07;
    private const double UsualWeight = 2;

    /// <summary>What each processor's worth of other work adds to that, up to two of them: trials then get what is left, which changes from one to the next.</summary>
    private const double ScatterByLoad = 0.2;

    /// <summary>How many measurements the scatter of all candidates is worth in that of one.</summary>
    private const double SharedWeight = 3;

    /// <summary>No difference is known better than this, however alike the rounds are.</summary>
    private const double LeastScatter = 0.005;

    /// <summary>All candidates with a figure, the leader first.</summary>
    /// <param name="mayLead">Which candidates may lead; any where null.</param>
    public static IReadOnlyList<Standing> Of(Rounds rounds, Func<int, bool>? mayLead = null)
    {
        var levels = rounds.Levels();
        if (levels.Count == 0)
            return [];

        // Who has left cannot lead again by one lucky round.
        var able = levels.Keys.Where(cell => mayLead?.Invoke(cell) != false).DefaultIfEmpty(levels.MaxBy(pair => pair.Value).Key).ToArray();
        var recent = able.Max(rounds.LastOf) - 1;
        var recentOnes = able.Where(cell => rounds.LastOf(cell) >= recent).ToArray();
        var standings = Against(rounds, recentOnes.OrderByDescending(cell => levels[cell]).ThenBy(cell => cell).First(), levels);

        // A disturbed trial moves a level but not the middle of the pairs: who is ahead by the pairs leads.
        var ahead = standings.Where(standing => recentOnes.Contains(standing.Cell)).MinBy(standing => standing.Gap);
        return ahead is { Gap: < 0 } ? Against(rounds, ahead.Cell, levels) : standings;
    }

    /// <summary>All candidates compared with one of them, which comes first.</summary>
    public static IReadOnlyList<Standing> Against(Rounds rounds, int leader) => Against(rounds, leader, rounds.Levels());

    private static IReadOnlyList<Standing> Against(Rounds rounds, int leader, IReadOnlyDictionary<int, double> levels)
    {
        var differences = levels.Keys.Where(cell => cell != leader).ToDictionary(cell => cell, cell => rounds.Behind(cell, leader));
        var usual = UsualScatter + (ScatterByLoad * Math.Clamp(rounds.OtherLoad - 0.25, 0, 2));
        var shared = Scatter(usual * usual, UsualWeight, differences.Values.Sum(SquaredDeviations), differences.Values.Sum(values => Math.Max(0, values.Length - 1)));
        return
        [
            new Standing(leader, rounds.Count(leader), 0, 0),
            .. differences
                .Select(pair =>
                {
                    var own = Math.Max(LeastScatter * LeastScatter, Scatter(shared, SharedWeight, SquaredDeviations(pair.Value), Math.Max(0, pair.Value.Length - 1)));
                    // Without a common round only the levels tell, through others that were measured beside both.
                    return pair.Value.Length == 0
                        ? new Standing(pair.Key, rounds.Count(pair.Key), levels[leader] - levels[pair.Key], Math.Sqrt(own * 2))
                        : new Standing(pair.Key, rounds.Count(pair.Key), Middle(pair.Value), Math.Sqrt(own / pair.Value.Length));
                })
                .OrderBy(standing => standing.Gap).ThenBy(standing => standing.Cell),
        ];
    }

    /// <summary>The mean without the lowest and the highest quarter, rounded to whole values: of three or four it is the median.</summary>
    internal static double Middle(double[] values)
    {
        var cut = (values.Length + 1) / 4;
        return values.Order().Skip(cut).Take(values.Length - (2 * cut)).Average();
    }

    private static double Scatter(double prior, double weight, double squares, double freedom) => ((prior * weight) + squares) / (weight + freedom);

    private static double SquaredDeviations(double[] values)
    {
        if (values.Length < 2)
            return 0;
        var mean = values.Average();
        return values.Sum(value => (value - mean) * (value - mean));
    }
}
