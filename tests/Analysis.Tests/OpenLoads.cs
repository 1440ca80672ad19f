using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;

namespace Brigade.Analysis.Tests;

/// <summary>Runs of open load: 100 arrivals a second for 10 s.</summary>
internal static class OpenLoads
{
    private const int Offered = 1_000;

    public static RunBuilder Run(params Measured[] cells) => new RunBuilder { Load = new LoadSpec { Rate = 100, Duration = TimeSpan.FromSeconds(10) } }.Add(cells);

    /// <param name="achieved">Tasks that ended per second, but for how long the last one took.</param>
    /// <param name="taskMs">From the actual start.</param>
    /// <param name="responseP99Ms">From the arrival.</param>
    public static Measured Cell(Strategy strategy, int workers, double achieved, double taskMs, double responseP99Ms, long dropped = 0) => new("python3.11", strategy, workers, achieved, achieved)
    {
        Tasks = Offered - dropped,
        Cpu = 0.1,
        Also = result => result with
        {
            Offered = Offered,
            Dropped = dropped,
            WallMs = ((Offered - dropped) * 1000 / achieved) + (taskMs * 1.5),
            Latency = new Latency { Kind = "response", P50Ms = taskMs, P99Ms = responseP99Ms, MeanMs = taskMs },
            Uncorrected = new Latency { P50Ms = taskMs, P99Ms = taskMs * 1.5, MaxMs = taskMs * 1.5, MeanMs = taskMs },
        },
    };
}
