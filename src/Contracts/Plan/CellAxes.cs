using System.Numerics;
using Brigade.Contracts.Spec;

namespace Brigade.Contracts.Plan;

/// <summary>The coordinates that one strategy on one runtime has: the matrix's lists, each once, and a single null (of payloads 0) where a coordinate does not apply.</summary>
internal sealed record CellAxes(
    string Runtime,
    Strategy Strategy,
    IReadOnlyList<int> Workers,
    IReadOnlyList<Channel?> Channels,
    IReadOnlyList<StartMethod?> StartMethods,
    IReadOnlyList<int?> ChunkSizes,
    IReadOnlyList<int> Payloads)
{
    public static CellAxes Of(MatrixSpec matrix, string runtime, Strategy strategy)
    {
        var hasProcesses = strategy is Strategy.Processes or Strategy.ProcessPerTask;
        var startMethods = hasProcesses ? matrix.StartMethod.Distinct().Where(method => RuntimeCatalogue.Of(runtime)?.StartMethods.Contains(method) == true).ToList() : [];
        return new CellAxes(
            runtime,
            strategy,
            strategy == Strategy.Sequential ? [1] : [.. matrix.Workers.Distinct()],
            strategy == Strategy.Processes ? [.. RuntimeGaps.Channels(matrix, runtime).Select(value => (Channel?)value)] : [null],
            startMethods.Count > 0 ? [.. startMethods.Select(value => (StartMethod?)value)] : [null],
            strategy is not (Strategy.Pool or Strategy.Processes) ? [null]
                : TakesOneTask(runtime, strategy) ? [1]
                : [.. matrix.ChunkSize.Distinct().Select(value => (int?)value)],
            hasProcesses ? [.. matrix.PayloadBytes.Distinct()] : [0]);
    }

    /// <summary>A pool without chunks, such as .NET's, where each task is a work item of its own.</summary>
    public static bool TakesOneTask(string runtime, Strategy strategy) => strategy == Strategy.Pool && RuntimeCatalogue.Of(runtime)?.PoolTakesChunks == false;

    /// <summary>Cells without what applies to every strategy: the parameters.</summary>
    public BigInteger Count => (BigInteger)Workers.Count * Channels.Count * StartMethods.Count * ChunkSizes.Count * Payloads.Count;

    public IEnumerable<CellAxes> Combinations() =>
        from workers in Workers
        from channel in Channels
        from startMethod in StartMethods
        from chunkSize in ChunkSizes
        from payload in Payloads
        select this with { Workers = [workers], Channels = [channel], StartMethods = [startMethod], ChunkSizes = [chunkSize], Payloads = [payload] };
}
