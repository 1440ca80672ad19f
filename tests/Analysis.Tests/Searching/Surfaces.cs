using Brigade.Contracts.Plan;
using Brigade.Contracts.Spec;

namespace Brigade.Analysis.Tests.Searching;

/// <summary>Throughput surfaces as two cores give them.</summary>
internal static class Surfaces
{
    /// <summary>Of a candidate whose trials fail.</summary>
    public static readonly Surface Broken = new(0, 0, 0);

    public static readonly IReadOnlyDictionary<string, Func<Cell, Surface>> All = new Dictionary<string, Func<Cell, Surface>>(StringComparer.Ordinal)
    {
        ["primes"] = cell => Computing(cell, taskMs: 2, holdsGil: true),
        ["hashes"] = cell => Computing(cell, taskMs: 3, holdsGil: false),
        ["tiny"] = Tiny,
        ["sleeps"] = cell => Waiting(cell, taskMs: 50, cpuMs: 0.05),
        ["requests"] = cell => Waiting(cell, taskMs: 2, cpuMs: 0.2),
        ["mixed"] = cell => Waiting(cell, taskMs: 12, cpuMs: 2),
        ["long"] = cell => Computing(cell, taskMs: 400, holdsGil: true),
    };

    public static Surface Computing(Cell cell, double taskMs, bool holdsGil)
    {
        var task = taskMs / (Fast(cell) ? 10 : 1);
        var hasGil = !Fast(cell) && holdsGil;
        var parallel = cell.Strategy is Strategy.Processes || (cell.Strategy is Strategy.Threads or Strategy.Pool && !hasGil) ? Math.Min(2, cell.Workers) : 1;
        var gain = parallel == 1 ? 1 - (0.01 * Math.Log2(cell.Workers)) : 1.85 - (0.04 * Math.Log2(cell.Workers / 2.0));
        return new(1000 / task * gain, task, parallel * 0.98);
    }

    /// <summary>Throughput rises with the workers until their processor time is used up, then falls slowly.</summary>
    public static Surface Waiting(Cell cell, double taskMs, double cpuMs)
    {
        var cpu = cpuMs * (cell.Strategy switch { Strategy.Async => 1.1, Strategy.Processes => 1.3, _ => 1.0 }) * (Fast(cell) ? 0.5 : 1);
        var cores = cell.Strategy is Strategy.Processes || (Fast(cell) && cell.Strategy is Strategy.Threads or Strategy.Pool) ? 2 : 1;
        var most = 1000 * cores / cpu;
        var asked = 1000 * cell.Workers / taskMs;
        var perSecond = Math.Min(asked, most * (1 - (0.01 * Math.Log2(cell.Workers))));
        return new(perSecond, taskMs, Math.Min(cores, perSecond * cpu / 1000));
    }

    private static Surface Tiny(Cell cell)
    {
        var perSecond = cell.Strategy switch
        {
            Strategy.Sequential => 2_000_000,
            Strategy.Async => 80_000,
            Strategy.Threads => 300_000,
            Strategy.Pool => cell.ChunkSize == 64 ? 700_000 : 40_000,
            _ => cell.ChunkSize == 64 ? 900_000 : 30_000,
        };
        return new(perSecond * (1 - (0.02 * Math.Log2(cell.Workers))), 0.0005, 1);
    }

    private static bool Fast(Cell cell) => cell.Runtime.StartsWith("dotnet", StringComparison.Ordinal);
}
