using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Brigade.Runner.Protocol;
using Brigade.Runner.TrialHosts.DotNet.Channels;
using Brigade.Runner.TrialHosts.DotNet.Kernels;
using Brigade.Runner.TrialHosts.DotNet.Workloads;

namespace Brigade.Runner.TrialHosts.DotNet;

/// <summary>
/// A worker process of the strategies <c>processes</c> and <c>process-per-task</c>: the hidden verb <c>trial-worker</c>. It reads who it
/// is and the trial request from its standard input, then takes commands from its channel, runs them on its main thread and replies.
/// </summary>
public sealed class TrialWorker
{
    /// <summary>What is done goes to the host at least so often, between two tasks.</summary>
    private const long FlushNs = 20_000_000;

    private readonly ILink _host;
    private readonly IKernel _kernel;
    private readonly ReplyBuilder _reply;
    private readonly Faults? _faults;
    private readonly WorkerBoard _board;
    private readonly int _number;
    private readonly int _payloadBytes;
    private int _errorsTold;

    private TrialWorker(TrialRequest request, int number, WorkerBoard board, ILink host)
    {
        (_number, _board, _host) = (number, board, host);
        _payloadBytes = request.PayloadBytes;
        _reply = new ReplyBuilder(number, host);
        _faults = Faults.Of(request, number, board[number].Started);
        _kernel = KernelRegistry.Create(request, number);
    }

    /// <summary>Works until the host is gone.</summary>
    public static int Run()
    {
        // The thread of the host that starts a worker lives as long as the host.
        Native.DieWithParent();
        Native.IgnoreInterrupt();
        var input = Native.TakeInput();
        var output = Native.Take(descriptor: 1, replacement: 2);
        Work(PipeLink.Over(input, output));
        Native.ExitNow(0);
        return 0;
    }

    private static void Work(PipeLink control)
    {
        if (!control.TryReceive(out var identity))
        {
            return;
        }

        var number = MemoryMarshal.Read<int>(identity);
        var board = MemoryMarshal.Read<int>(identity[sizeof(int)..]);
        var address = Encoding.UTF8.GetString(identity[(2 * sizeof(int))..]);
        if (!control.TryReceive(out var line))
        {
            return;
        }

        TrialWorker worker;
        try
        {
            worker = new TrialWorker(TrialRequest.Parse(line), number, WorkerBoard.Open(board, number + 1), ChannelRegistry.Connect(address));
        }
        catch (Exception exception)
        {
            control.TrySend(Encoding.UTF8.GetBytes(exception is TrialFailedException ? exception.Message : $"{exception.GetType().Name}: {exception.Message}"));
            return;
        }

        if (control.TrySend([]))
        {
            worker.TearDownWhenAsked(control);
            worker.RunAll();
            (worker._kernel as UserKernel)?.TearDown();
        }
    }

    /// <summary>The host asks after the last task; the process then lives on, so that its counters can be read.</summary>
    private void TearDownWhenAsked(PipeLink control)
    {
        if (_kernel is UserKernel { HasTeardown: true } kernel)
        {
            new Thread(
                () =>
                {
                    if (control.TryReceive(out _))
                    {
                        control.TrySend(Encoding.UTF8.GetBytes(kernel.TearDown()));
                    }
                })
            { IsBackground = true, Name = "teardown" }.Start();
        }
    }

    private void RunAll()
    {
        ref var place = ref _board[_number];
        try
        {
            var waitingSince = Stopwatch.GetTimestamp();
            while (_host.TryReceive(out var message))
            {
                var command = MemoryMarshal.Read<WorkerCommand>(message);
                var begun = Stopwatch.GetTimestamp();

                // Said before the first of them starts: a command that was not taken can go to another worker.
                (place.Count, place.IsRecorded) = (command.Count, command.IsRecorded);
                Volatile.Write(ref place.Taken, place.Taken + 1);
                _reply.Begin(begun, begun - Math.Max(waitingSince, command.SentAt));
                if (!TryRun(command, message[Unsafe.SizeOf<WorkerCommand>()..], ref place, out waitingSince))
                {
                    return;
                }
            }
        }
        catch (Exception exception)
        {
            _reply.TrySendFailure(exception);
        }
    }

    private bool TryRun(in WorkerCommand command, ReadOnlySpan<byte> payload, ref WorkerBoard.Place place, out long now)
    {
        var isRecorded = command.IsRecorded != 0;
        var flushed = now = Stopwatch.GetTimestamp();
        for (var offset = 0; offset < command.Count; offset++)
        {
            if (!TryRunOne(command.First + offset, command.Deadline, command.Intended, isRecorded, ref place, out now))
            {
                continue;
            }

            if ((_reply.IsFull || now - flushed >= FlushNs) && offset < command.Count - 1)
            {
                flushed = now;
                if (!_reply.TrySend(ReplyKind.Partial, now, TakePayload(ref payload), out now))
                {
                    return false;
                }
            }
        }

        return _reply.TrySend(ReplyKind.Final, now, TakePayload(ref payload), out now);
    }

    /// <summary>The bytes of the tasks that ended: they cross the border both ways, whether the kernel uses them or not.</summary>
    private ReadOnlySpan<byte> TakePayload(ref ReadOnlySpan<byte> payload)
    {
        var taken = payload[..(_reply.Tasks * _payloadBytes)];
        payload = payload[taken.Length..];
        return taken;
    }

    private bool TryRunOne(long index, long deadline, long intended, bool isRecorded, ref WorkerBoard.Place place, out long end)
    {
        Exception? error = null;
        var start = Stopwatch.GetTimestamp();
        if (start >= deadline)
        {
            end = start;
            return false;
        }

        ulong result = 0;
        try
        {
            if (_faults is not null && isRecorded)
            {
                _faults.Before(ref place.Started);
            }

            result = _kernel.Run(index);
        }
        catch (Exception exception)
        {
            error = exception;
        }

        end = Stopwatch.GetTimestamp();
        _reply.Add(result, error is not null);
        if (isRecorded)
        {
            _reply.Add(new TaskRecord(_number, error is not null, intended, start, end));
            if (error is not null && _errorsTold < ErrorPayload.MaximumCount)
            {
                _errorsTold++;
                _reply.Add(ErrorLog.ToJson(index, _number, error));
            }
        }

        return true;
    }
}
