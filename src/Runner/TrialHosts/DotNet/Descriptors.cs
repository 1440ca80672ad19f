using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Brigade.Runner.TrialHosts.DotNet;

/// <summary>File descriptors. All of them are closed in child processes but for those that a child is given by number.</summary>
internal static unsafe partial class Descriptors
{
    /// <summary>Above every number that a child is given, so that giving one never closes another.</summary>
    private const int Lowest = 64;

    private const int CloseOnExec = 0x80000;
    private const int DuplicateCloseOnExec = 1030;

    /// <summary>A pipe: what is written to the second can be read from the first.</summary>
    public static (int Read, int Write) Pipe()
    {
        var ends = stackalloc int[2];
        return Pipe2(ends, CloseOnExec) < 0 ? throw Failed() : (MoveUp(ends[0]), MoveUp(ends[1]));
    }

    /// <summary>Moves a descriptor up to where it is in nobody's way.</summary>
    public static int MoveUp(int descriptor)
    {
        if (descriptor >= Lowest)
        {
            return descriptor;
        }

        var moved = Fcntl(descriptor, DuplicateCloseOnExec, Lowest);
        if (moved < 0)
        {
            throw Failed();
        }

        _ = CloseOne(descriptor);
        return moved;
    }

    public static void Close(ReadOnlySpan<int> descriptors)
    {
        foreach (var descriptor in descriptors)
        {
            _ = CloseOne(descriptor);
        }
    }

    private static TrialFailedException Failed() => new($"The system gives no further file descriptor: {new Win32Exception().Message}. Ask for fewer workers, or raise the limit (ulimit -n).");

    [LibraryImport("libc", EntryPoint = "pipe2", SetLastError = true)]
    private static partial int Pipe2(int* ends, int flags);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int Fcntl(int descriptor, int command, nint argument);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int CloseOne(int descriptor);
}
