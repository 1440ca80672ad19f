using System.Collections;
using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Brigade.Runner.TrialHosts.DotNet.Children;

/// <summary>The system's own call to start a process, and the one that waits for it.</summary>
internal static unsafe partial class Spawn
{
    /// <summary>More than any C library's.</summary>
    private const int FileActionsBytes = 1024;

    private const int DoNotBlock = 1;

    private static readonly Lock Variables = new();
    private static string[]? s_variables;

    /// <summary>Starts a program with this process's environment.</summary>
    /// <param name="descriptors">Which descriptors of this process it gets under which numbers, beside standard error.</param>
    /// <returns>The process's number.</returns>
    /// <exception cref="TrialFailedException">The system refuses.</exception>
    public static int Start(string file, IReadOnlyList<string> arguments, (int From, int To)[] descriptors)
    {
        var actions = stackalloc byte[FileActionsBytes];
        var argv = ToNative([file, .. arguments]);
        var envp = ToNative(Environment());
        int id;
        int error;
        _ = InitActions(actions);
        try
        {
            foreach (var (from, to) in descriptors)
            {
                _ = AddDuplicate(actions, from, to);
            }

            error = PosixSpawn(&id, argv[0], actions, null, argv, envp);
        }
        finally
        {
            _ = DestroyActions(actions);
            Free(argv);
            Free(envp);
        }

        return error == 0 ? id : throw new TrialFailedException($"A process cannot be started: {new Win32Exception(error).Message}.");
    }

    /// <summary>How a child ended: its exit code, or the number of the signal that ended it, negative; null while it runs.</summary>
    public static int? TryWait(int id)
    {
        int status;
        if (WaitPid(id, &status, DoNotBlock) != id)
        {
            return null;
        }

        var signal = status & 0x7F;
        return signal == 0 ? (status >> 8) & 0xFF : -signal;
    }

    /// <summary>The variables of this process, which never change while a trial runs.</summary>
    private static string[] Environment()
    {
        lock (Variables)
        {
            if (s_variables is null)
            {
                var variables = new List<string>();
                foreach (DictionaryEntry variable in System.Environment.GetEnvironmentVariables())
                {
                    variables.Add($"{variable.Key}={variable.Value}");
                }

                s_variables = [.. variables];
            }

            return s_variables;
        }
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

    [LibraryImport("libc", EntryPoint = "posix_spawn")]
    private static partial int PosixSpawn(int* id, byte* file, void* actions, void* attributes, byte** arguments, byte** environment);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_init")]
    private static partial int InitActions(void* actions);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_adddup2")]
    private static partial int AddDuplicate(void* actions, int from, int to);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_destroy")]
    private static partial int DestroyActions(void* actions);

    [LibraryImport("libc", EntryPoint = "waitpid")]
    private static partial int WaitPid(int id, int* status, int options);
}
