using System.Runtime.InteropServices;

namespace Brigade.Runner.Sandbox;

/// <summary>System calls by number: those that the C library has no function for, and those that must concern the calling thread alone, where the library's functions concern all threads.</summary>
internal static unsafe partial class SystemCall
{
    /// <summary>Whether the numbers here are those of this machine.</summary>
    public static bool IsKnown => OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.Arm64;

    public static int SetGroups { get; } = Number(116, 159);

    public static int SetUser { get; } = Number(117, 147);

    public static int SetGroup { get; } = Number(119, 149);

    public static int SetCapabilities { get; } = Number(126, 91);

    public static int Control { get; } = Number(157, 167);

    public static int LimitProcess { get; } = Number(302, 261);

    public static int Seccomp { get; } = Number(317, 277);

    public static int Status { get; } = Number(332, 291);

    public static int CreateLandlock => 444;

    public static int AddLandlockRule => 445;

    public static int RestrictByLandlock => 446;

    /// <summary>Chooses the number of this machine's kind of processor.</summary>
    public static int Number(int x64, int arm64) => RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? arm64 : x64;

    /// <summary>Calls; -1 where it fails, with the reason in <see cref="Marshal.GetLastPInvokeError"/>.</summary>
    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    public static partial nint Invoke(nint number, nint a = 0, nint b = 0, nint c = 0, nint d = 0, nint e = 0);

    /// <summary>Opens a path; -1 where it fails.</summary>
    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "close")]
    public static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "chown", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int ChangeOwner(string path, int user, int group);
}
