using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Brigade.Runner.TrialHosts.DotNet.Kernels;

/// <summary><c>shared.collection</c>: all workers count into one dictionary or list, through a server process or by copies that are merged.</summary>
internal sealed class SharedCollection : IKernel
{
    /// <summary>The keys of the dictionary, or the places of the list.</summary>
    public const int Entries = 64;

    private readonly int _items;
    private readonly Action<int> _run;

    public SharedCollection(KernelSettings settings)
    {
        _items = settings.Whole("items", 1_000_000_000);
        var isList = settings.Choice("kind") is "list";
        if (settings.Choice("mode") is "manager")
        {
            var client = new CountingClient(ServerFixture.ConnectUnix(settings.Scratch));
            _run = first => ThroughServer(client, first, _items);
        }
        else
        {
            var memory = SharedWords.Open(settings.Scratch);
            _run = isList ? first => InList(memory, first, _items) : first => InDictionary(memory, first, _items);
        }
    }

    public ulong Run(long index)
    {
        _run((int)(unchecked((ulong)index * (ulong)_items) % Entries));
        return (ulong)_items;
    }

    private static void ThroughServer(CountingClient client, int first, int items)
    {
        for (var item = 0; item < items; item++)
        {
            client.Add((first + item) % Entries);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void InDictionary(SharedWords memory, int first, int items)
    {
        var own = new Dictionary<int, long>(Entries);
        for (var item = 0; item < items; item++)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(own, (first + item) % Entries, out _)++;
        }

        foreach (var (key, count) in own)
        {
            Interlocked.Add(ref memory[key], count);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void InList(SharedWords memory, int first, int items)
    {
        var own = new List<long>(Entries);
        CollectionsMarshal.SetCount(own, Entries);
        for (var item = 0; item < items; item++)
        {
            own[(first + item) % Entries]++;
        }

        for (var place = 0; place < own.Count; place++)
        {
            Interlocked.Add(ref memory[place], own[place]);
        }
    }
}
