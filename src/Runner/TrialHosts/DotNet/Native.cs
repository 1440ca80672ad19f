using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Brigade.Runner.Trials;

namespace Brigade.Runner.TrialHosts.DotNet;

/// <summary>The few system calls of a trial host that .NET does not offer, or not without what would disturb a measurement.</summary>
internal static unsafe partial class Native
{
    private const int ClockMonotonic = 1;
    private const int ClockThreadCpuTime = 3;
    private const int DuplicateCloseOnExec = 1030;
    private const int SetParentDeathSignal = 1;
    private const int TimerAbsolute = 1;
    private const int EventCloseOnExec = 0x80000;
    private const int InterruptedCall = 4;
    private const int ConnectionReset = 104;
    private const int InterruptSignal = 2;
    private const nint IgnoreSignal = 1;
    private const short PollIn = 1;

    /// <summary>The native id of the calling thread.</summary>
    [LibraryImport("libc", EntryPoint = "gettid")]
    public static partial int ThreadId();

    /// <summary>Ends the process at once: no finalizer, no handler, no waiting for a thread that hangs.</summary>
    [LibraryImport("libc", EntryPoint = "_exit")]
    public static partial void ExitNow(int code);

    /// <summary>
    /// Moves a standard stream away: gives a private descriptor, which child processes do not inherit, and lets the number stand for
    /// what <paramref name="replacement"/> stands for.
    /// </summary>
    public static int Take(int descriptor, int replacement)
    {
        var taken = Check(Fcntl(descriptor, DuplicateCloseOnExec, 3));
        Check(Dup2(replacement, descriptor));
        return taken;
    }

    /// <summary>Asks the kernel to kill this process when the thread that started it ends.</summary>
    public static void DieWithParent() => Check(Prctl(SetParentDeathSignal, Linux.Sigkill, 0, 0, 0));

    /// <summary>Ctrl-C goes to all processes of a terminal; it is the runner's to answer it, by closing the input.</summary>
    public static void IgnoreInterrupt() => _ = Signal(InterruptSignal, IgnoreSignal);

    /// <summary>Takes the standard input: gives a private descriptor, and a task that reads finds the end.</summary>
    public static int TakeInput()
    {
        using var nothing = File.OpenHandle("/dev/null", FileMode.Open, FileAccess.Read);
        return Take(descriptor: 0, replacement: (int)nothing.DangerousGetHandle());
    }

    /// <summary>The processor time of the calling thread, in nanoseconds.</summary>
    public static long ThreadCpuTime()
    {
        TimeSpec time;
        _ = ClockGetTime(ClockThreadCpuTime, &time);
        return time.Total;
    }

    /// <summary>Blocks the calling thread until a time of the monotonic clock, in nanoseconds.</summary>
    public static void SleepUntil(long at)
    {
        if (Stopwatch.GetTimestamp() >= at)
        {
            return;
        }

        var time = new TimeSpec(at);
        while (ClockNanoSleep(ClockMonotonic, TimerAbsolute, &time, null) == InterruptedCall)
        {
        }
    }

    public static int CreateEvent() => Check(EventFd(0, EventCloseOnExec));

    public static void SignalEvent(int descriptor)
    {
        ulong one = 1;
        _ = Write(descriptor, (byte*)&one, sizeof(ulong));
    }

    /// <summary>Waits for an event, at most so many nanoseconds (negative: without end), and takes its signal.</summary>
    public static void WaitEvent(int descriptor, long timeout)
    {
        var poll = new PollDescriptor { Descriptor = descriptor, Events = PollIn };
        var time = new TimeSpec(timeout);
        if (PPoll(&poll, 1, timeout < 0 ? null : &time, null) > 0)
        {
            ulong count;
            _ = Read(descriptor, (byte*)&count, sizeof(ulong));
        }
    }

    /// <summary>Reads what is there, blocking until something is; 0 at the end.</summary>
    public static int Read(int descriptor, Span<byte> buffer)
    {
        fixed (byte* start = buffer)
        {
            nint read;
            do
            {
                read = Read(descriptor, start, buffer.Length);
            }
            while (read < 0 && Marshal.GetLastPInvokeError() == InterruptedCall);

            // A socket whose other end was killed is at its end, however the system puts it.
            return read >= 0 ? (int)read : Marshal.GetLastPInvokeError() == ConnectionReset ? 0 : throw new Win32Exception();
        }
    }

    /// <summary>Reads until the buffer is full; false where the end comes before.</summary>
    public static bool TryReadAll(int descriptor, Span<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            var read = Read(descriptor, buffer);
            if (read == 0)
            {
                return false;
            }

            buffer = buffer[read..];
        }

        return true;
    }

    /// <summary>Writes all bytes; false where the other end is closed.</summary>
    public static bool TryWrite(int descriptor, ReadOnlySpan<byte> bytes)
    {
        fixed (byte* start = bytes)
        {
            var offset = 0;
            while (offset < bytes.Length)
            {
                var written = Write(descriptor, start + offset, bytes.Length - offset);
                if (written >= 0)
                {
                    offset += (int)written;
                }
                else if (Marshal.GetLastPInvokeError() != InterruptedCall)
                {
                    return false;
                }
            }

            return true;
        }
    }

    private static int Check(int result) => result < 0 ? throw new Win32Exception() : result;

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int Fcntl(int descriptor, int command, nint argument);

    [LibraryImport("libc", EntryPoint = "dup2", SetLastError = true)]
    private static partial int Dup2(int from, int to);

    [LibraryImport("libc", EntryPoint = "signal")]
    private static partial nint Signal(int signal, nint handler);

    [LibraryImport("libc", EntryPoint = "prctl", SetLastError = true)]
    private static partial int Prctl(int option, nint a, nint b, nint c, nint d);

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int ClockGetTime(int clock, TimeSpec* time);

    [LibraryImport("libc", EntryPoint = "clock_nanosleep")]
    private static partial int ClockNanoSleep(int clock, int flags, TimeSpec* time, TimeSpec* remaining);

    [LibraryImport("libc", EntryPoint = "eventfd", SetLastError = true)]
    private static partial int EventFd(uint initial, int flags);

    [LibraryImport("libc", EntryPoint = "ppoll")]
    private static partial int PPoll(PollDescriptor* descriptors, nuint count, TimeSpec* timeout, void* signals);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    private static partial nint Read(int descriptor, byte* buffer, nint count);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint Write(int descriptor, byte* buffer, nint count);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct TimeSpec(long nanoseconds)
    {
        private readonly nint _seconds = (nint)(nanoseconds / 1_000_000_000);
        private readonly nint _nanoseconds = (nint)(nanoseconds % 1_000_000_000);

        public long Total => (_seconds * 1_000_000_000L) + _nanoseconds;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct PollDescriptor
    {
        public int Descriptor;
        public short Events;
        public short Occurred;
    }
}
