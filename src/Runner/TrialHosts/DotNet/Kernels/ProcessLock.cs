using System.Runtime.CompilerServices;
using Brigade.Runner.TrialHosts.DotNet.Channels;

namespace Brigade.Runner.TrialHosts.DotNet.Kernels;

/// <summary>
/// A lock between processes: a number in their shared memory, and the system's help only where one has to wait. The third mutex of
/// Ulrich Drepper, "Futexes Are Tricky" (2004). .NET's own named mutexes leave files behind when a process is killed.
/// </summary>
internal readonly unsafe struct ProcessLock(uint* state)
{
    private const uint Free = 0;
    private const uint Taken = 1;
    private const uint TakenAndWaitedFor = 2;

    public void Enter()
    {
        if (!TryEnter())
        {
            EnterLater();
        }
    }

    /// <summary>Takes the lock where it is free.</summary>
    public bool TryEnter() => Interlocked.CompareExchange(ref *state, Taken, Free) == Free;

    public void Exit()
    {
        if (Interlocked.Exchange(ref *state, Free) == TakenAndWaitedFor)
        {
            Futex.Wake(ref *state);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void EnterLater()
    {
        while (Interlocked.Exchange(ref *state, TakenAndWaitedFor) != Free)
        {
            Futex.Wait(ref *state, TakenAndWaitedFor);
        }
    }
}
