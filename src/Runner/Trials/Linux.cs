using System.Runtime.InteropServices;

namespace Brigade.Runner.Trials;

/// <summary>The few system calls that the base library does not offer.</summary>
internal static partial class Linux
{
    public const int Sigkill = 9;

    /// <summary>Sends a signal to a process, or to a whole process group where the number is negative. Failure means that there is nobody left to receive it.</summary>
    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    public static partial int Kill(int process, int signal);

    /// <summary>Name and meaning of a signal, for example <c>9 (killed)</c>.</summary>
    public static string Describe(int signal) => signal switch
    {
        1 => "1 (hang-up)",
        2 => "2 (interrupt)",
        3 => "3 (quit)",
        4 => "4 (illegal instruction)",
        6 => "6 (aborted)",
        7 => "7 (bus error)",
        8 => "8 (arithmetic error)",
        9 => "9 (killed; the system does that when memory runs out)",
        11 => "11 (segmentation fault)",
        13 => "13 (broken pipe)",
        15 => "15 (terminated)",
        24 => "24 (processor time limit)",
        25 => "25 (file size limit)",
        31 => "31 (forbidden system call)",
        _ => $"{signal}",
    };
}
