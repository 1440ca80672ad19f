using System.Runtime.InteropServices;

namespace Brigade.Runner.Trials;

/// <summary>The few system calls that the base library does not offer.</summary>
internal static partial class Linux
{
    public const int Sigkill = 9;

    private const int SetPipeSize = 1031;

    /// <summary>Sends a signal to a process, or to a whole process group where the number is negative. Failure means that there is nobody left to receive it.</summary>
    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    public static partial int Kill(int process, int signal);

    /// <summary>Asks for room in a pipe. A system that allows less leaves it as it is, which only costs more switches between writer and reader.</summary>
    public static void WidenPipe(int pipe, int bytes) => _ = Fcntl(pipe, SetPipeSize, bytes);

    /// <summary>Number, name and meaning of a signal, for example <c>15 (SIGTERM: terminated)</c>.</summary>
    public static string Describe(int signal) => signal switch
    {
        1 => "1 (SIGHUP: hang-up)",
        2 => "2 (SIGINT: interrupt)",
        3 => "3 (SIGQUIT: quit)",
        4 => "4 (SIGILL: illegal instruction)",
        6 => "6 (SIGABRT: aborted)",
        7 => "7 (SIGBUS: bus error)",
        8 => "8 (SIGFPE: arithmetic error)",
        9 => "9 (SIGKILL: killed, perhaps for want of memory)",
        11 => "11 (SIGSEGV: segmentation fault)",
        13 => "13 (SIGPIPE: broken pipe)",
        15 => "15 (SIGTERM: terminated)",
        24 => "24 (SIGXCPU: processor time limit)",
        25 => "25 (SIGXFSZ: file size limit)",
        31 => "31 (SIGSYS: forbidden system call)",
        _ => $"{signal}",
    };

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int Fcntl(int descriptor, int command, nint argument);
}
