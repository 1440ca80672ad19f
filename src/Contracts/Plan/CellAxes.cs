using System.Numerics;
using Brigade.Contracts.Spec;

namespace Brigade.Contracts.Plan;

/// <summary>The coordinates that one strategy on one runtime has: the matrix's lists, each once, and a single null where a coordinate does not apply.</summary>
internal sealed record CellAxes(
    string Runtime,
    Strategy Strategy,
    IReadOnlyList<int> Workers,
    IReadOnlyList<Channel?> Channels,
    IReadOnlyList<StartMethod?> StartMethods,
    IReadOnlyList<int?> ChunkSizes)
{
    public static CellAxes Of(MatrixSpec matrix, string runtime, Strategy strategy)
    {
        var hasProcesses = strategy is Strategy.Processes or Strategy.ProcessPerTask;
        var hasStartMethod = hasProcesses && RuntimeNames.IsPython(runtime) && matrix.StartMethod.Count > 0;
        return new CellAxes(
            runtime,
            strategy,
            strategy == Strategy.Sequential ? [1] : [.. matrix.Workers.Distinct()],
            strategy == Strategy.Processes ? [.. matrix.Channel.Distinct().Select(value => (Channel?)value)] : [null],
            hasStartMethod ? [.. matrix.StartMethod.Distinct().Select(value => (StartMethod?)value)] : [null],
            strategy is not (Strategy.Pool or Strategy.Processes) ? [null]
                : TakesOneTask(runtime, strategy) ? [1]
                : [.. matrix.ChunkSize.Distinct().Select(value => (int?)value)]);
    }

    /// <summary>The .NET thread pool has no chunks: each task is a work item of its own. Python's pools hand them out.</summary>
    public static bool TakesOneTask(string runtime, Strategy strategy) => strategy == Strategy.Pool && !RuntimeNames.IsPython(runtime);

    /// <summary>Cells without what applies to every strategy (payload and parameters).</summary>
    public BigInteger Count => (BigInteger)Workers.Count * Channels.Count * StartMethods.Count * ChunkSizes.Count;

    public IEnumerable<CellAxes> Combinations() =>
        from workers in Workers
        from channel in Channels
        from startMethod in StartMethods
        from chunkSize in ChunkSizes
        select this with { Workers = [workers], Channels = [channel], StartMethods = [startMethod], ChunkSizes = [chunkSize] };
}
