namespace Brigade.Analysis.Tests.Changes;

/// <summary>A series with known changes of its level.</summary>
/// <param name="Changes">The first point of each new level.</param>
internal sealed record SyntheticSeries(string Kind, IReadOnlyList<double> Values, IReadOnlyList<int> Changes)
{
    /// <summary>Points between the true change and the found one that still count as found.</summary>
    public const int Tolerance = 3;

    private static readonly string[] Kinds = ["normal", "outliers", "heavy tails", "correlated"];

    /// <summary>
    /// Series of 40 to 160 points with up to 4 changes, each at least 12 points after the one before and at least 12 before the end, of 3 to 8 deviations and at least 5 %, up or down;
    /// a quarter of the series has none. Noise is 1 to 4 %: normal; with a tenth of the points slower by 5 to 15 deviations; of Student's t with 3 degrees of freedom;
    /// or with neighbours correlated by 0.3.
    /// </summary>
    public static IEnumerable<SyntheticSeries> Make(int count, int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < count; i++)
            yield return One(random, Kinds[i % Kinds.Length], i % 4 == i / 4 % 4 ? 0 : random.Next(1, 5));
    }

    /// <summary>How many of the found changes are true ones; each true one is found once at most.</summary>
    public int Matches(IReadOnlyList<int> found)
    {
        var left = Changes.ToList();
        return found.Count(index => left.FindIndex(change => Math.Abs(change - index) <= Tolerance) is >= 0 and var at && Remove(left, at));
    }

    private static bool Remove(List<int> left, int at)
    {
        left.RemoveAt(at);
        return true;
    }

    private static SyntheticSeries One(Random random, string kind, int wanted)
    {
        const int Apart = 12;
        var length = random.Next(40, 161);
        var changes = new List<int>();
        for (var tries = 0; changes.Count < wanted && tries < 100; tries++)
        {
            var at = random.Next(Apart, length - Apart + 1);
            if (changes.TrueForAll(other => Math.Abs(other - at) >= Apart))
                changes.Add(at);
        }
        changes.Sort();

        var deviation = 0.01 + (0.03 * random.NextDouble());
        var level = Math.Log(100 * Math.Pow(10, 3 * random.NextDouble()));
        var values = new double[length];
        var before = 0.0;
        for (var i = 0; i < length; i++)
        {
            if (changes.Contains(i))
                level += Math.Max(0.05, deviation * (3 + (5 * random.NextDouble()))) * (random.Next(2) == 0 ? 1 : -1);
            before = Noise(random, kind, before);
            values[i] = Math.Exp(level + (deviation * before));
        }
        return new(kind, values, changes);
    }

    private static double Noise(Random random, string kind, double before) => kind switch
    {
        "outliers" => Normal(random) - (random.NextDouble() < 0.1 ? 5 + (10 * random.NextDouble()) : 0),
        // Student's t with 3 degrees of freedom, scaled to a standard deviation of 1.
        "heavy tails" => Normal(random) / Math.Sqrt((Square(random) + Square(random) + Square(random)) / 3) / Math.Sqrt(3),
        "correlated" => (0.3 * before) + (Math.Sqrt(1 - 0.09) * Normal(random)),
        _ => Normal(random),
    };

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private static double Square(Random random) => Math.Pow(Normal(random), 2);
}
