using System.Globalization;
using Brigade.Contracts.Spec;
using Brigade.Runner.Protocol;
using Brigade.Runner.Trials;

namespace Brigade.Runner.TrialHosts.DotNet;

/// <summary>The faults of one worker: what goes wrong on purpose just before some of its measured tasks.</summary>
internal sealed class Faults
{
    private readonly TrialFault[] _faults;
    private long _started;

    private Faults(TrialFault[] faults, long started) => (_faults, _started) = (faults, started);

    /// <summary>The worker's faults; null where it has none.</summary>
    /// <param name="started">The measured tasks that others have started in its place before.</param>
    public static Faults? Of(TrialRequest request, int worker, long started = 0)
    {
        if (request.Faults is not { Count: > 0 } all)
        {
            return null;
        }

        var own = new List<TrialFault>();
        foreach (var fault in all)
        {
            if (fault.Worker == worker)
            {
                own.Add(fault);
            }
        }

        return own.Count > 0 ? new Faults([.. own], started) : null;
    }

    /// <summary>What the user has to know about the faults that did not happen.</summary>
    /// <param name="startedBy">How many measured tasks a worker has started.</param>
    public static IEnumerable<string> Missed(TrialRequest request, Func<int, long> startedBy)
    {
        foreach (var fault in request.Faults ?? [])
        {
            if (startedBy(fault.Worker) is var started && started < fault.AtTask)
            {
                yield return string.Create(
                    CultureInfo.InvariantCulture,
                    $"the fault {EnumName.Of(fault.Kind)} at task {fault.AtTask} of worker {fault.Worker} did not happen: the worker started {started} measured {(started == 1 ? "task" : "tasks")}");
            }
        }
    }

    /// <summary>A measured task is about to start on the calling thread; comes back where nothing goes wrong.</summary>
    /// <param name="started">Gets the number of measured tasks that have started.</param>
    /// <exception cref="InjectedFaultException">The task has to fail.</exception>
    public void Before(ref long started)
    {
        if (Next(ref started) == FaultKind.Hang)
        {
            using var never = new ManualResetEventSlim();
            never.Wait();
        }
    }

    /// <summary>The same on an event loop, where a task that hangs leaves the loop to the others.</summary>
    public Task BeforeAsync(ref long started) => Next(ref started) == FaultKind.Hang ? new TaskCompletionSource().Task : Task.CompletedTask;

    private FaultKind? Next(ref long started)
    {
        started = ++_started;
        foreach (var fault in _faults)
        {
            if (fault.AtTask != _started)
            {
                continue;
            }

            if (fault.Kind == FaultKind.Crash)
            {
                // As a crash in native code or the system would do it: nobody gets to say a last word.
                _ = Linux.Kill(Environment.ProcessId, Linux.Sigkill);
                return FaultKind.Hang; // until the signal has come
            }

            return fault.Kind == FaultKind.Hang ? FaultKind.Hang : throw new InjectedFaultException(fault);
        }

        return null;
    }
}

/// <summary>The fault <c>exception</c>.</summary>
internal sealed class InjectedFaultException(TrialFault fault)
    : Exception(string.Create(CultureInfo.InvariantCulture, $"the injected fault of worker {fault.Worker} at its task {fault.AtTask}"));
