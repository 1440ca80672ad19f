using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Brigade.Runner.TrialHosts.DotNet.Channels;

/// <summary>Linux's sleep until a number in (shared) memory changes. It has no function in the C library, only a number.</summary>
internal static unsafe partial class Futex
{
    private const nint WaitOperation = 0;
    private const nint WakeOperation = 1;

    private static readonly nint Number = RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => 202,
        Architecture.Arm64 or Architecture.RiscV64 or Architecture.LoongArch64 => 98,
        var other => throw new TrialFailedException($"The channel shared-memory does not know how to wait on {other} processors; use the channel pipe."),
    };

    /// <summary>Sleeps until it is woken, unless the number is another one already. Comes back without a reason now and then.</summary>
    public static void Wait(ref uint word, uint seen) => _ = SystemCall(Number, (uint*)Unsafe.AsPointer(ref word), WaitOperation, (nint)seen, null, null, 0);

    /// <summary>Wakes all that sleep on the number.</summary>
    public static void Wake(ref uint word) => _ = SystemCall(Number, (uint*)Unsafe.AsPointer(ref word), WakeOperation, int.MaxValue, null, null, 0);

    [LibraryImport("libc", EntryPoint = "syscall")]
    private static partial nint SystemCall(nint number, uint* address, nint operation, nint value, void* timeout, uint* other, nint more);
}
