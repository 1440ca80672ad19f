using System.Diagnostics;
using System.Runtime;
using System.Runtime.InteropServices;
using System.Text;
using Brigade.Runner.Protocol;
using Brigade.Runner.TrialHosts.DotNet.Kernels;

namespace Brigade.Runner.TrialHosts.DotNet;

/// <summary>
/// A worker process of the strategy <c>processes</c>: the hidden verb <c>trial-worker</c>. It reads the trial request and then
/// commands from its standard input, runs them on its main thread and writes replies to its standard output.
/// </summary>
public sealed class TrialWorker
{
    private const int MostRecords = 1024;

    /// <summary>What is done goes to the host at least so often, between two tasks.</summary>
    private const long FlushNs = 20_000_000;

    private readonly BlockingPipe _host;
    private readonly IKernel _kernel;
    private readonly int _number;
    private readonly TaskRecord[] _records = new TaskRecord[MostRecords];
    private readonly int _payloadBytes;
    private byte[] _payload = [];
    private int _recorded;
    private int _tasks;
    private int _errors;
    private ulong _checksum;
    private int _errorsTold;
    private readonly List<byte[]> _texts = [];

    private TrialWorker(TrialRequest request, int number, BlockingPipe host)
    {
        _number = number;
        _host = host;
        _payloadBytes = request.PayloadBytes;
        _kernel = KernelRegistry.Create(request, number);
    }

    /// <summary>Works until the standard input ends.</summary>
    public static int Run()
    {
        // The main thread of the host starts the workers and lives as long as the host.
        Native.DieWithParent();
        Native.IgnoreInterrupt();
        var input = Native.TakeInput();
        var output = Native.Take(descriptor: 1, replacement: 2);
        Work(new BlockingPipe(input, output));
        Native.ExitNow(0);
        return 0;
    }

    private static void Work(BlockingPipe host)
    {
        if (!host.TryRead(out int number) || !host.TryRead(out int length))
        {
            return;
        }

        var line = new byte[length];
        if (!host.TryRead(line))
        {
            return;
        }

        try
        {
            var worker = new TrialWorker(TrialRequest.Parse(line), number, host);
            host.Write(default(WorkerReply) with { Kind = ReplyKind.Up });
            host.TryFlush();
            while (host.TryRead(out WorkerCommand command) && worker.TryRun(command))
            {
            }
        }
        catch (Exception exception)
        {
            var text = Encoding.UTF8.GetBytes(exception is TrialFailedException ? exception.Message : $"{exception.GetType().Name}: {exception.Message}");
            host.Write(default(WorkerReply) with { Kind = ReplyKind.Failed, Texts = 1 });
            host.Write(text.Length);
            host.Write(text);
            host.TryFlush();
        }
    }

    private bool TryRun(in WorkerCommand command)
    {
        var isRecorded = command.IsRecorded != 0;
        var begun = Stopwatch.GetTimestamp();
        var flushed = begun;
        var now = begun;

        // The tasks' bytes cross the border both ways, whether the kernel uses them or not.
        var payload = command.Count * _payloadBytes;
        if (_payload.Length < payload)
        {
            _payload = new byte[payload];
        }

        if (!_host.TryRead(_payload.AsSpan(0, payload)))
        {
            return false;
        }

        for (var offset = 0; offset < command.Count; offset++)
        {
            if (!TryRunOne(command.First + offset, command.Deadline, isRecorded, out now))
            {
                continue;
            }

            if ((_recorded == MostRecords || now - flushed >= FlushNs) && offset < command.Count - 1)
            {
                flushed = now;
                if (!TryReply(ReplyKind.Partial, 0))
                {
                    return false;
                }
            }
        }

        return TryReply(ReplyKind.Final, now - begun);
    }

    private bool TryRunOne(long index, long deadline, bool isRecorded, out long end)
    {
        Exception? error = null;
        var start = Stopwatch.GetTimestamp();
        if (start >= deadline)
        {
            end = start;
            return false;
        }

        try
        {
            _checksum += _kernel.Run(index);
        }
        catch (Exception exception)
        {
            error = exception;
        }

        end = Stopwatch.GetTimestamp();
        _tasks++;
        if (isRecorded)
        {
            _records[_recorded++] = new TaskRecord(_number, error is not null, intended: 0, start, end);
        }

        if (error is not null)
        {
            _errors++;
            if (isRecorded && _errorsTold < ErrorPayload.MaximumCount)
            {
                _errorsTold++;
                _texts.Add(ErrorLog.ToJson(index, _number, error));
            }
        }

        return true;
    }

    private bool TryReply(ReplyKind kind, long busy)
    {
        var payload = _tasks * _payloadBytes;
        _host.Write(new WorkerReply(kind, _tasks, _errors, _recorded, _checksum, busy, JitInfo.GetCompiledMethodCount(), payload, _texts.Count));
        _host.Write(MemoryMarshal.AsBytes(_records.AsSpan(0, _recorded)));
        _host.Write(_payload.AsSpan(0, payload));
        foreach (var text in _texts)
        {
            _host.Write(text.Length);
            _host.Write(text);
        }

        (_tasks, _errors, _recorded, _checksum) = (0, 0, 0, 0);
        _texts.Clear();
        return _host.TryFlush();
    }
}
