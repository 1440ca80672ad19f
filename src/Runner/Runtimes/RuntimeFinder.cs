using Brigade.Contracts.Runs;

namespace Brigade.Runner.Runtimes;

/// <summary>Finds every runtime of this machine.</summary>
internal static class RuntimeFinder
{
    private static readonly SemaphoreSlim Gate = new(1, 1);
    private static IReadOnlyList<RuntimeInfo>? _found;

    /// <summary>The runtimes, looked for once in the life of the process.</summary>
    public static async Task<IReadOnlyList<RuntimeInfo>> FindAsync(CancellationToken cancellation = default)
    {
        await Gate.WaitAsync(cancellation);
        try
        {
            return _found ??= await SearchAsync(SearchPlaces.OfThisMachine(), cancellation);
        }
        finally
        {
            Gate.Release();
        }
    }

    /// <summary>Looks in the given places, for all kinds at once; kind by kind, in the order of the registry.</summary>
    internal static async Task<IReadOnlyList<RuntimeInfo>> SearchAsync(SearchPlaces places, CancellationToken cancellation) =>
        [.. (await Task.WhenAll(RuntimeRegistry.All.Select(runtime => runtime.FindAsync(places, cancellation)))).SelectMany(found => found)];
}
