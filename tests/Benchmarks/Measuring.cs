using System.Globalization;

namespace Brigade.Benchmarks;

/// <summary>A group of measurements that belong together.</summary>
internal interface ISuite
{
    string Name { get; }

    string Title { get; }

    IAsyncEnumerable<Row> MeasureAsync(int rounds);
}

/// <summary>One line of the table.</summary>
internal sealed record Row(string What, string Against, Sample Measured, string Reach, bool Reached)
{
    public override string ToString() => $"| {What} | {Against} | {Measured} | {Reach} | {(Reached ? "reached" : "**missed**")} |";
}

/// <summary>The values of all rounds.</summary>
internal sealed record Sample(IReadOnlyList<double> Values, string Unit = "")
{
    public double Median
    {
        get
        {
            var sorted = Values.Order().ToArray();
            return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
        }
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Median:0.###}{Unit} ({Values.Min():0.###} to {Values.Max():0.###})");
}

internal static class Paired
{
    /// <summary>
    /// Runs both twice in each round, in the order A B B A (the next round B A A B), and gives the ratio of their sums: what the machine's other load does to
    /// both, and a drift of it within the round, cancels out.
    /// </summary>
    public static async Task<Sample> RatioAsync(int rounds, Func<Task<double>> measured, Func<Task<double>> reference)
    {
        var ratios = new List<double>(rounds);
        for (var round = 0; round < rounds; round++)
        {
            var (outer, inner) = round % 2 == 0 ? (measured, reference) : (reference, measured);
            var first = await outer();
            var between = await inner() + await inner();
            var around = first + await outer();
            ratios.Add(round % 2 == 0 ? around / between : between / around);
        }

        return new Sample(ratios);
    }
}
