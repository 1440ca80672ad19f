using System.ComponentModel;
using System.IO.Pipes;
using Brigade.Runner.Sandbox;
using Microsoft.Win32.SafeHandles;

namespace Brigade.Runner.Trials;

/// <summary>How to start a process.</summary>
/// <param name="Group">The process group that it joins; 0 for one of its own, null for a session of its own.</param>
/// <param name="Passed">A descriptor that it gets beside its streams; null for none.</param>
internal sealed record HostStart(
    string File, IReadOnlyList<string> Arguments, IReadOnlyDictionary<string, string> Environment, string Directory, int? Group = null, PassedDescriptor? Passed = null);

/// <summary>A descriptor, and the number that the new process finds it by.</summary>
internal sealed record PassedDescriptor(int From, int To);

/// <summary>
/// A child process with pipes to its standard streams. The base library's would do, but not start it from a thread that is locked for good: whatever else it does there, in this version or the
/// next, would be locked too.
/// </summary>
internal sealed class HostProcess : IDisposable
{
    /// <summary>The records of 32,768 tasks: the most that the system gives to anybody.</summary>
    private const int OutputPipeBytes = 1024 * 1024;

    private const int WaiterStackBytes = 128 * 1024, LockedStackBytes = 256 * 1024;

    private readonly TaskCompletionSource<int> _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private HostProcess(int id, Stream input, Stream output, Stream error)
    {
        (Id, Input, Output, Error) = (id, input, output, error);
        new Thread(() => _exited.SetResult(ProcessSpawn.Wait(id)), WaiterStackBytes) { IsBackground = true, Name = "trial's end" }.Start();
    }

    public int Id { get; }

    public Stream Input { get; }

    public Stream Output { get; }

    public Stream Error { get; }

    /// <summary>Completes with the exit code, or 128 and the signal that ended it.</summary>
    public Task<int> Exited => _exited.Task;

    /// <summary>Starts it.</summary>
    /// <param name="processors">Those that it and all it starts may use; null for all of this process's.</param>
    /// <param name="locked">What it is locked by, from its first instruction on; null for nothing.</param>
    /// <exception cref="Win32Exception">The system refuses.</exception>
    /// <exception cref="SandboxException">The lock does not hold.</exception>
    /// <exception cref="TrialException">The processors cannot be had.</exception>
    public static HostProcess Start(HostStart start, IReadOnlyList<int>? processors = null, SandboxLock? locked = null)
    {
        var pipes = new List<(int Read, int Write)>();
        try
        {
            while (pipes.Count < 3)
            {
                pipes.Add(ProcessSpawn.CreatePipe());
            }

            Linux.WidenPipe(pipes[1].Write, OutputPipeBytes);
            using var spawn = new ProcessSpawn(start, [pipes[0].Read, pipes[1].Write, pipes[2].Write]);
            var id = locked is null ? Affinity.Within(processors, spawn.Run) : RunLocked(spawn, processors, locked);
            ProcessSpawn.Close(pipes[0].Read, pipes[1].Write, pipes[2].Write);
            return new HostProcess(id, Stream(PipeDirection.Out, pipes[0].Write), Stream(PipeDirection.In, pipes[1].Read), Stream(PipeDirection.In, pipes[2].Read));
        }
        catch
        {
            ProcessSpawn.Close([.. pipes.SelectMany(pipe => new[] { pipe.Read, pipe.Write })]);
            throw;
        }
    }

    /// <summary>Closes the pipes.</summary>
    public void Dispose()
    {
        try
        {
            Input.Dispose();
        }
        catch (IOException)
        {
            // The other end is closed.
        }

        Output.Dispose();
        Error.Dispose();
    }

    /// <summary>On a thread of its own, which ends then: a lock cannot be taken off. Between the lock and the start nothing is done that needs memory, which the collector might want to take just then.</summary>
    private static int RunLocked(ProcessSpawn spawn, IReadOnlyList<int>? processors, SandboxLock locked)
    {
        var isLocked = false;
        TrialException? problem = null;
        var thread = new Thread(
            () =>
            {
                try
                {
                    // Here, because .NET gives a new thread all processors.
                    isLocked = Affinity.Within(processors, () => locked.TryApply() && spawn.TryRun());
                }
                catch (TrialException exception)
                {
                    problem = exception;
                }
            },
            LockedStackBytes)
        { IsBackground = true, Name = "start of a trial" };
        thread.Start();
        thread.Join();
        return problem is not null ? throw problem
            : isLocked ? spawn.Result()
            : throw locked.Failure();
    }

    private static AnonymousPipeClientStream Stream(PipeDirection direction, int descriptor) => new(direction, new SafePipeHandle(descriptor, ownsHandle: true));
}
