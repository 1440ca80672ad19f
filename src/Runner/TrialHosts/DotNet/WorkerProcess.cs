using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Brigade.Runner.Protocol;
using Brigade.Runner.TrialHosts.DotNet.Channels;
using Brigade.Runner.TrialHosts.DotNet.Children;

namespace Brigade.Runner.TrialHosts.DotNet;

/// <summary>
/// A worker process as the host sees it. Its standard streams say when it is up and when it has ended; commands and replies go over a
/// channel of the trial's choice.
/// </summary>
internal sealed class WorkerProcess : IDisposable
{
    private readonly int _number;
    private readonly ChildProcess _child;
    private readonly PipeLink _control;
    private readonly ManualResetEventSlim _isTornDown = new(initialState: false, spinCount: 0);
    private string _complaint = "";

    private WorkerProcess(int number, ChildProcess child)
    {
        (_number, _child) = (number, child);
        _control = PipeLink.Over(child.Output, child.Input);
    }

    public int Id => _child.Id;

    /// <summary>Starts the process and sends it the request; does not wait for it. It dies with the thread that starts it.</summary>
    /// <param name="link">What it has to inherit for its channel, and the channel's address.</param>
    /// <exception cref="TrialFailedException">The system refuses.</exception>
    public static WorkerProcess Start(int number, LinkPair link, WorkerBoard board, byte[] request)
    {
        var process = new WorkerProcess(number, ChildProcess.Start(["trial-worker"], [.. link.Descriptors, board.Descriptor]));
        Span<byte> head = stackalloc byte[2 * sizeof(int)];
        MemoryMarshal.Write(head, number);
        MemoryMarshal.Write(head[sizeof(int)..], ChannelRegistry.FirstDescriptor + link.Descriptors.Length);
        process._control.TrySend(head, Encoding.UTF8.GetBytes(link.Address));
        process._control.TrySend(request);
        return process;
    }

    /// <summary>Waits until the worker is up; a worker works on the main thread of its process.</summary>
    /// <exception cref="TrialFailedException">It has ended or cannot work; the message says why.</exception>
    public WorkerIdentity WaitUntilUp()
    {
        if (!_control.TryReceive(out var answer))
        {
            throw new TrialFailedException(string.Create(CultureInfo.InvariantCulture, $"worker process {_number} (pid {Id}) {_child.DescribeEnd()} before it could work."));
        }

        return answer.Length == 0 ? new WorkerIdentity(_number, Id, Id) : throw new TrialFailedException(Encoding.UTF8.GetString(answer));
    }

    /// <summary>Waits until the process has ended, or has closed its output, which is the same to everybody who waits for it.</summary>
    /// <returns>When that was seen, in nanoseconds of the monotonic clock.</returns>
    public long WaitForEnd()
    {
        while (_control.TryReceive(out var said))
        {
            // All that it says once it is up is that it has torn down what it had set up.
            _complaint = Encoding.UTF8.GetString(said);
            _isTornDown.Set();
        }

        _isTornDown.Set();
        return Stopwatch.GetTimestamp();
    }

    /// <summary>Has the worker tear down what its workload set up; <see cref="WaitForTeardown"/> waits for it.</summary>
    public void TearDown() => _control.TrySend([]);

    /// <summary>Waits until the worker has torn down, or has ended; gives what went wrong, empty for nothing.</summary>
    public string WaitForTeardown()
    {
        _isTornDown.Wait();
        return _complaint;
    }

    /// <summary>How it ended, to be put behind its name; makes sure that it has.</summary>
    public string DescribeEnd()
    {
        var how = _child.DescribeEnd();
        _child.Kill();
        return how;
    }

    /// <summary>Lets the worker end by itself, which it does when its host is gone, and waits for that.</summary>
    public void Finish()
    {
        WaitForEnd();
        _child.DescribeEnd();
    }

    public void Kill() => _child.Kill();

    /// <summary>Lets go of a process that has ended.</summary>
    public void Dispose() => _child.Dispose();
}
