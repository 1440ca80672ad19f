using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Brigade.Runner.Trials;

/// <summary>The system's own call to start a process, with all that it needs in memory of its own, so that starting needs none.</summary>
internal sealed unsafe partial class ProcessSpawn : IDisposable
{
    /// <summary>More than any C library's.</summary>
    private const int ActionsBytes = 1024, AttributesBytes = 1024, SignalsBytes = 128;

    private const short SetGroup = 2, DefaultSignals = 4, SignalMask = 8, NewSession = 0x80;
    private const int CloseOnExec = 0x8_0000, Interrupted = 4;

    /// <summary>All classic signals: .NET ignores some, and what is ignored stays so in a program that is started.</summary>
    private const uint ClassicSignals = 0x7FFF_FFFF;

    private readonly byte** _arguments;
    private readonly byte** _environment;
    private readonly byte* _actions = (byte*)NativeMemory.AllocZeroed(ActionsBytes);
    private readonly byte* _attributes = (byte*)NativeMemory.AllocZeroed(AttributesBytes);
    private int _id;
    private int _error;

    /// <param name="streams">The descriptors that become its standard input, output and error.</param>
    public ProcessSpawn(HostStart start, ReadOnlySpan<int> streams)
    {
        _arguments = ToNative([start.File, .. start.Arguments]);
        _environment = ToNative([.. start.Environment.Select(variable => $"{variable.Key}={variable.Value}")]);
        _ = InitActions(_actions);
        for (var to = 0; to < streams.Length; to++)
        {
            _ = AddDuplicate(_actions, streams[to], to);
        }

        if (start.Passed is var (from, number))
        {
            _ = AddDuplicate(_actions, from, number);
        }

        _ = AddDirectory(_actions, start.Directory);
        _ = InitAttributes(_attributes);
        var signals = stackalloc byte[SignalsBytes];
        new Span<byte>(signals, SignalsBytes).Clear();
        _ = SetMask(_attributes, signals);
        *(uint*)signals = ClassicSignals;
        _ = SetDefaults(_attributes, signals);
        _ = SetProcessGroup(_attributes, start.Group ?? 0);
        _ = SetFlags(_attributes, (short)(DefaultSignals | SignalMask | (start.Group is null ? NewSession : SetGroup)));
    }

    /// <summary>Starts the process on the calling thread.</summary>
    /// <returns>Its number.</returns>
    /// <exception cref="Win32Exception">The system refuses.</exception>
    public int Run()
    {
        _ = TryRun();
        return Result();
    }

    /// <summary>Starts the process on the calling thread, and does nothing else; <see cref="Result"/> tells whether the system let it.</summary>
    /// <returns>True: it was tried.</returns>
    public bool TryRun()
    {
        int id;
        _error = Spawn(&id, _arguments[0], _actions, _attributes, _arguments, _environment);
        _id = id;
        return true;
    }

    /// <summary>The number of the process that was started.</summary>
    /// <exception cref="Win32Exception">The system refused.</exception>
    public int Result() => _error == 0 ? _id : throw new Win32Exception(_error);

    /// <summary>Blocks until a child has ended: its exit code, or 128 and the number of the signal that ended it.</summary>
    public static int Wait(int id)
    {
        const int SignalBase = 128;
        int status;
        while (WaitFor(id, &status, 0) != id)
        {
            if (Marshal.GetLastPInvokeError() != Interrupted)
            {
                return 0; // somebody else has waited for it
            }
        }

        var signal = status & 0x7F;
        return signal == 0 ? (status >> 8) & 0xFF : SignalBase + signal;
    }

    /// <summary>A pipe that no process inherits by chance.</summary>
    public static (int Read, int Write) CreatePipe()
    {
        var ends = stackalloc int[2];
        return Pipe(ends, CloseOnExec) == 0 ? (ends[0], ends[1]) : throw new Win32Exception();
    }

    public static void Close(params ReadOnlySpan<int> descriptors)
    {
        foreach (var descriptor in descriptors)
        {
            _ = CloseOne(descriptor);
        }
    }

    public void Dispose()
    {
        _ = DestroyActions(_actions);
        _ = DestroyAttributes(_attributes);
        NativeMemory.Free(_actions);
        NativeMemory.Free(_attributes);
        Free(_arguments);
        Free(_environment);
    }

    private static byte** ToNative(string[] texts)
    {
        var list = (byte**)NativeMemory.Alloc((nuint)texts.Length + 1, (nuint)sizeof(byte*));
        for (var index = 0; index < texts.Length; index++)
        {
            list[index] = (byte*)Marshal.StringToCoTaskMemUTF8(texts[index]);
        }

        list[texts.Length] = null;
        return list;
    }

    private static void Free(byte** list)
    {
        for (var item = list; *item is not null; item++)
        {
            Marshal.FreeCoTaskMem((nint)(*item));
        }

        NativeMemory.Free(list);
    }

    [LibraryImport("libc", EntryPoint = "posix_spawnp")]
    private static partial int Spawn(int* id, byte* file, void* actions, void* attributes, byte** arguments, byte** environment);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_init")]
    private static partial int InitActions(void* actions);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_destroy")]
    private static partial int DestroyActions(void* actions);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_adddup2")]
    private static partial int AddDuplicate(void* actions, int from, int to);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_addchdir_np", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int AddDirectory(void* actions, string path);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_init")]
    private static partial int InitAttributes(void* attributes);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_destroy")]
    private static partial int DestroyAttributes(void* attributes);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setflags")]
    private static partial int SetFlags(void* attributes, short flags);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setpgroup")]
    private static partial int SetProcessGroup(void* attributes, int group);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setsigmask")]
    private static partial int SetMask(void* attributes, byte* signals);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setsigdefault")]
    private static partial int SetDefaults(void* attributes, byte* signals);

    [LibraryImport("libc", EntryPoint = "waitpid", SetLastError = true)]
    private static partial int WaitFor(int id, int* status, int options);

    [LibraryImport("libc", EntryPoint = "pipe2", SetLastError = true)]
    private static partial int Pipe(int* ends, int flags);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int CloseOne(int descriptor);
}
