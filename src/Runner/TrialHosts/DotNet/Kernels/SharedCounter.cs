using System.Runtime.CompilerServices;

namespace Brigade.Runner.TrialHosts.DotNet.Kernels;

/// <summary><c>shared.counter</c>: all workers count up one value, by different ways to share it.</summary>
internal sealed class SharedCounter : IKernel
{
    private readonly int _increments;
    private readonly Action _run;

    public SharedCounter(KernelSettings settings)
    {
        _increments = settings.Whole("increments", 1_000_000_000);
        var mode = settings.Choice("mode");
        if (mode is "manager")
        {
            var client = new CountingClient(ServerFixture.ConnectUnix(settings.Scratch));
            _run = () => ThroughServer(client, _increments);
            return;
        }

        var memory = SharedWords.Open(settings.Scratch);
        _run = mode switch
        {
            "lock" => memory.Lock is { } threads ? () => WithLock(memory, threads, _increments) : () => WithProcessLock(memory, _increments),
            "none" => () => WithoutLock(memory, _increments),
            "atomic" => () => Atomically(memory, _increments),
            _ => () => Locally(memory, _increments),
        };
    }

    public ulong Run(long index)
    {
        _run();
        return (ulong)_increments;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void WithLock(SharedWords memory, Lock threads, int increments)
    {
        ref var value = ref memory[0];
        for (var count = 0; count < increments; count++)
        {
            lock (threads)
            {
                value++;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void WithProcessLock(SharedWords memory, int increments)
    {
        var processes = memory.ProcessLocks[0];
        ref var value = ref memory[0];
        for (var count = 0; count < increments; count++)
        {
            processes.Enter();
            value++;
            processes.Exit();
        }
    }

    /// <summary>
    /// Reads the value, calls a function and writes what it gave, as most real code does. Where the compiler makes one instruction of the
    /// three, a worker that loses its processor loses no update, and only workers that run at the very same time do.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void WithoutLock(SharedWords memory, int increments)
    {
        ref var value = ref memory[0];
        for (var count = 0; count < increments; count++)
        {
            Volatile.Write(ref value, Successor(Volatile.Read(ref value)));
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static long Successor(long value) => value + 1;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Atomically(SharedWords memory, int increments)
    {
        ref var value = ref memory[0];
        for (var count = 0; count < increments; count++)
        {
            Interlocked.Increment(ref value);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Locally(SharedWords memory, int increments)
    {
        var own = 0L;
        for (var count = 0; count < increments; count++)
        {
            own++;
        }

        Interlocked.Add(ref memory[0], own);
    }

    private static void ThroughServer(CountingClient client, int increments)
    {
        for (var count = 0; count < increments; count++)
        {
            client.Add(0);
        }
    }
}
