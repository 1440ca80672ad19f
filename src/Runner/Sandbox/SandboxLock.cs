using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Brigade.Runner.Sandbox;

/// <summary>
/// Everything that a thread does to itself before it starts a trial, readied so that doing it needs no memory and no file. User, Landlock and the filter of system calls are a thread's own, and
/// a process gets them from the thread that starts it: so the trial is locked from its first instruction on, in any language. The thread can never go back and must end.
/// </summary>
internal sealed unsafe class SandboxLock : IDisposable
{
    private const int KeepCapabilities = 8, NoNewPrivileges = 38, Ambient = 47, Raise = 2;
    private const int SetFilter = 1;
    private const uint CapabilityVersion = 0x2008_0522;

    /// <summary>To pass through and read any directory that other rules allow.</summary>
    private const int ReadAnyPath = 2;

    private readonly Landlock _landlock;
    private readonly int? _user;
    private readonly bool _passesDirectories;
    private readonly void* _filter;
    private readonly ushort _filterLength;
    private string _failed = "";
    private int _error;

    /// <param name="rules">Which files it may use; owned by this.</param>
    /// <param name="filter">See <see cref="SeccompFilter"/>.</param>
    /// <param name="user">The user and group that it becomes; null where it stays who it is.</param>
    /// <param name="passesDirectories">Whether it may still read what <paramref name="rules"/> allow where only the runner's user may.</param>
    public SandboxLock(Landlock rules, byte[] filter, int? user, bool passesDirectories)
    {
        (_landlock, _user, _passesDirectories) = (rules, user, passesDirectories);
        _filterLength = (ushort)(filter.Length / BpfProgram.InstructionBytes);
        _filter = NativeMemory.Alloc((nuint)filter.Length);
        filter.CopyTo(new Span<byte>(_filter, filter.Length));
    }

    /// <summary>Locks the calling thread for good; false where the kernel refuses a step, which <see cref="Failure"/> tells.</summary>
    public bool TryApply()
    {
        var program = new FilterProgram { Length = _filterLength, Instructions = _filter };
        return (_user is not { } user || TryBecome(user))
            && Did("the right to gain rights", SystemCall.Invoke(SystemCall.Control, NoNewPrivileges, 1))
            && Did("Landlock", SystemCall.Invoke(SystemCall.RestrictByLandlock, _landlock.Descriptor))
            && Did("the filter of system calls", SystemCall.Invoke(SystemCall.Seccomp, SetFilter, 0, (nint)(&program)));
    }

    /// <summary>Makes the calling thread, which must end soon, another user and nothing else.</summary>
    /// <exception cref="SandboxException">The kernel refuses.</exception>
    public static void Become(int user)
    {
        if (SystemCall.Invoke(SystemCall.SetGroups, 0, 0) != 0 || SystemCall.Invoke(SystemCall.SetGroup, user, user, user) != 0 || SystemCall.Invoke(SystemCall.SetUser, user, user, user) != 0)
        {
            throw SandboxException.Of("the trial's user cannot be taken on");
        }
    }

    /// <summary>What <see cref="TryApply"/> could not do.</summary>
    public SandboxException Failure() => new($"{_failed} cannot be set: {new Win32Exception(_error).Message}");

    public void Dispose()
    {
        _landlock.Dispose();
        NativeMemory.Free(_filter);
    }

    private bool TryBecome(int user)
    {
        var header = stackalloc uint[] { CapabilityVersion, 0 };
        var sets = stackalloc uint[] { 1 << ReadAnyPath, 1 << ReadAnyPath, 1 << ReadAnyPath, 0, 0, 0 };
        return Did("the groups", SystemCall.Invoke(SystemCall.SetGroups, 0, 0))
            && Did("the group", SystemCall.Invoke(SystemCall.SetGroup, user, user, user))
            && (!_passesDirectories || Did("what stays of the rights", SystemCall.Invoke(SystemCall.Control, KeepCapabilities, 1)))
            && Did("the user", SystemCall.Invoke(SystemCall.SetUser, user, user, user))
            && (!_passesDirectories
                || (Did("the right to read", SystemCall.Invoke(SystemCall.SetCapabilities, (nint)header, (nint)sets))
                    && Did("the right to read of those it starts", SystemCall.Invoke(SystemCall.Control, Ambient, Raise, ReadAnyPath))));
    }

    private bool Did(string what, nint result)
    {
        if (result < 0)
        {
            (_failed, _error) = (what, Marshal.GetLastPInvokeError());
        }

        return result >= 0;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct FilterProgram
    {
        public ushort Length;
        public void* Instructions;
    }
}
