using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Brigade.Runner.TrialHosts.DotNet.Channels;

/// <summary>Memory without a name that a child process can map too, when it inherits the descriptor. It starts as zeros and costs only what is touched.</summary>
internal sealed unsafe partial class SharedMemory : IDisposable
{
    private const uint CloseOnExec = 1;
    private const int ReadWrite = 1 | 2;
    private const int Shared = 1;

    private readonly long _bytes;

    private SharedMemory(int descriptor, long bytes)
    {
        (Descriptor, _bytes) = (descriptor, bytes);
        var start = MemoryMap(null, (nuint)bytes, ReadWrite, Shared, descriptor, 0);
        Start = start == (void*)-1 ? throw Failed() : (byte*)start;
    }

    public int Descriptor { get; }

    public byte* Start { get; }

    /// <exception cref="TrialFailedException">The system refuses.</exception>
    public static SharedMemory Create(long bytes)
    {
        var descriptor = CreateMemory("brigade", CloseOnExec);
        if (descriptor < 0 || Truncate(descriptor, bytes) < 0)
        {
            throw Failed();
        }

        return new SharedMemory(Descriptors.MoveUp(descriptor), bytes);
    }

    /// <summary>Maps what an inherited descriptor stands for.</summary>
    public static SharedMemory Map(int descriptor, long bytes) => new(descriptor, bytes);

    public void Dispose()
    {
        _ = MemoryUnmap(Start, (nuint)_bytes);
        Descriptors.Close([Descriptor]);
    }

    private static TrialFailedException Failed() => new($"The system gives no shared memory: {new Win32Exception().Message}.");

    [LibraryImport("libc", EntryPoint = "memfd_create", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int CreateMemory(string name, uint flags);

    [LibraryImport("libc", EntryPoint = "ftruncate", SetLastError = true)]
    private static partial int Truncate(int descriptor, long bytes);

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    private static partial void* MemoryMap(void* address, nuint bytes, int protection, int flags, int descriptor, long offset);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int MemoryUnmap(void* address, nuint bytes);
}
