using System.Collections.Concurrent;
using System.IO.MemoryMappedFiles;

namespace Brigade.Runner.TrialHosts.DotNet.Kernels;

/// <summary>
/// Some 64-bit numbers that all workers of a trial share, be they threads or processes: a mapped file in the trial's directory. With
/// them a lock of threads, where the workers are threads, and two of processes.
/// </summary>
internal sealed unsafe class SharedWords
{
    /// <summary>The most numbers that there are.</summary>
    public const int Count = 512;

    private const string FileName = "shared.words";

    /// <summary>Off the numbers' cache lines.</summary>
    private const int LockAt = (Count * sizeof(long)) + 256;

    private const int LockBytes = 256;
    private const int LockCount = 2;
    private const int Bytes = LockAt + (LockCount * LockBytes);

    /// <summary>In the host's process, where the workers are threads.</summary>
    private static readonly ConcurrentDictionary<string, Lock> Locks = new(StringComparer.Ordinal);

    private readonly byte* _start;

    private SharedWords(string directory)
    {
        using var file = MemoryMappedFile.CreateFromFile(Path.Combine(directory, FileName), FileMode.Open);

        // Mapped as long as the process lives.
        var view = file.CreateViewAccessor(0, Bytes);
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref _start);
        GC.KeepAlive(view);
        ProcessLocks = [new ProcessLock((uint*)(_start + LockAt)), new ProcessLock((uint*)(_start + LockAt + LockBytes))];
        Lock = Locks.GetValueOrDefault(directory);
    }

    /// <summary>Null where the workers are processes.</summary>
    public Lock? Lock { get; }

    /// <summary>Locks between processes; threads can use them too.</summary>
    public ProcessLock[] ProcessLocks { get; }

    public ref long this[int number] => ref ((long*)_start)[number];

    /// <summary>Before the workers start; all numbers are 0.</summary>
    public static SharedWords Create(string directory, bool areProcesses)
    {
        using (var file = File.Create(Path.Combine(directory, FileName)))
        {
            file.SetLength(Bytes);
        }

        if (!areProcesses)
        {
            Locks[directory] = new Lock();
        }

        return new SharedWords(directory);
    }

    /// <summary>What <see cref="Create"/> has made.</summary>
    public static SharedWords Open(string directory) => new(directory);

    public long Sum()
    {
        var sum = 0L;
        for (var number = 0; number < Count; number++)
        {
            sum += Volatile.Read(ref this[number]);
        }

        return sum;
    }
}
