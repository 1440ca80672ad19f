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
    /// <summary>Runs both in turn, changing who goes first, and gives the ratio of the first to the second of each round.</summary>
    public static async Task<Sample> RatioAsync(int rounds, Func<Task<double>> measured, Func<Task<double>> reference)
    {
        var ratios = new List<double>(rounds);
        for (var round = 0; round < rounds; round++)
        {
            double a, b;
            if (round % 2 == 0)
            {
                a = await measured();
                b = await reference();
            }
            else
            {
                b = await reference();
                a = await measured();
            }

            ratios.Add(a / b);
        }

        return new Sample(ratios);
    }
}
