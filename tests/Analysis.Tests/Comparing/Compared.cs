using Brigade.Analysis.Comparing;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;

namespace Brigade.Analysis.Tests.Comparing;

/// <summary>Runs to compare.</summary>
internal static class Compared
{
    /// <summary>Throughputs around a level: normal values, the noise being their standard deviation over the level.</summary>
    public static double[] Noisy(Random random, int count, double level = 1_000, double noise = 0.02) =>
        [.. Enumerable.Range(0, count).Select(_ => level * Math.Exp(noise * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble())))];

    /// <summary>A run of one cell.</summary>
    public static ComparedRun Run(string id, params double[] throughputs) => Run(id, new RunBuilder(), new Measured(Runs.Python, Strategy.Threads, 2, throughputs));

    public static ComparedRun Run(string id, RunBuilder builder, params Measured[] cells)
    {
        builder.Add(cells);
        return new(id, builder.Spec.Name, null, builder.Spec, builder.Machine, builder.Plan(), builder.Trials());
    }

    /// <summary>The verdict on throughput of the first cell of the second run.</summary>
    public static CellVerdict Throughput(this Comparison comparison, int cell = 0, int run = 1) =>
        comparison.Cells[cell].Verdicts.Single(verdict => verdict.Run == run && verdict.Metric == Metrics.Throughput);

    public static RunBuilder Load(double otherLoad) => new() { OtherLoad = otherLoad };

    /// <summary>A cell whose trials say how busy their processors were.</summary>
    public static Measured Cell(double[] throughputs, double otherLoad, double cpu) => new(Runs.Python, Strategy.Threads, 2, throughputs) { Cpu = cpu, Also = trial => trial with { OtherLoad = otherLoad } };

    public static RunResult Result(params Measured[] cells) => new RunBuilder().Add(cells).Build();
}
