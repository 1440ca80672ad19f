using System.Diagnostics;
using System.Globalization;
using System.IO.Pipes;
using System.Runtime.InteropServices;
using System.Text;
using Brigade.Runner.Protocol;
using Brigade.Runner.Trials;

namespace Brigade.Runner.TrialHosts.DotNet;

/// <summary>A worker process as the host sees it: the process and its two pipes.</summary>
internal sealed class WorkerProcess : IDisposable
{
    private readonly int _number;
    private readonly Process _process;
    private readonly BlockingPipe _pipe;
    private TaskRecord[] _records = new TaskRecord[256];
    private byte[] _bytes = [];

    /// <summary>Starts the process and sends it the request; does not wait for it.</summary>
    public WorkerProcess(int number, byte[] request)
    {
        _number = number;
        var command = TrialHost.CommandOf(["trial-worker"]);
        var start = new ProcessStartInfo(command.File, command.Arguments) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true };
        _process = Process.Start(start)!;
        _pipe = new BlockingPipe(Descriptor(_process.StandardOutput.BaseStream), Descriptor(_process.StandardInput.BaseStream));
        _pipe.Write(number);
        _pipe.Write(request.Length);
        _pipe.Write(request);
        _pipe.TryFlush();
    }

    /// <summary>Methods that the process had compiled at its last reply.</summary>
    public long CompiledMethods { get; private set; }

    /// <summary>The task records of the last reply.</summary>
    public ReadOnlySpan<TaskRecord> Records => _records.AsSpan(0, RecordCount);

    /// <summary>The errors of the last reply, as JSON.</summary>
    public List<byte[]> Texts { get; } = [];

    private int RecordCount { get; set; }

    /// <summary>Waits until the worker is up; a worker works on the main thread of its process.</summary>
    public WorkerIdentity WaitUntilUp()
    {
        Read();
        return new WorkerIdentity(_number, _process.Id, _process.Id);
    }

    public void Send(in WorkerCommand command, ReadOnlySpan<byte> payload)
    {
        _pipe.Write(command);
        _pipe.Write(payload);
        if (!_pipe.TryFlush())
        {
            throw Ended();
        }
    }

    /// <summary>Waits for the next reply.</summary>
    /// <exception cref="TrialFailedException">The process has ended or cannot go on.</exception>
    public WorkerReply Read()
    {
        RecordCount = 0;
        Texts.Clear();
        if (!_pipe.TryRead(out WorkerReply reply))
        {
            throw Ended();
        }

        Array.Resize(ref _records, Math.Max(_records.Length, reply.Records));
        Array.Resize(ref _bytes, Math.Max(_bytes.Length, reply.PayloadBytes));
        if (!_pipe.TryRead(MemoryMarshal.AsBytes(_records.AsSpan(0, reply.Records))) || !_pipe.TryRead(_bytes.AsSpan(0, reply.PayloadBytes)))
        {
            throw Ended();
        }

        for (var count = reply.Texts; count > 0; count--)
        {
            if (!_pipe.TryRead(out int length))
            {
                throw Ended();
            }

            var text = new byte[length];
            if (!_pipe.TryRead(text))
            {
                throw Ended();
            }

            Texts.Add(text);
        }

        RecordCount = reply.Records;
        CompiledMethods = reply.CompiledMethods;
        return reply.Kind == ReplyKind.Failed ? throw new TrialFailedException(Encoding.UTF8.GetString(Texts[0])) : reply;
    }

    public void Kill() => _ = Linux.Kill(_process.Id, Linux.Sigkill);

    public void Dispose() => _process.Dispose();

    private TrialFailedException Ended()
    {
        var how = "closed its output";
        if (_process.WaitForExit(1000))
        {
            // .NET reports a signal as the shell does: 128 and its number.
            var code = _process.ExitCode;
            how = code > 128
                ? string.Create(CultureInfo.InvariantCulture, $"ended by signal {Linux.Describe(code - 128)}")
                : string.Create(CultureInfo.InvariantCulture, $"ended with exit code {code}");
        }

        return new TrialFailedException(string.Create(CultureInfo.InvariantCulture, $"worker process {_number} (pid {_process.Id}) {how} in the middle of the trial."));
    }

    private static int Descriptor(Stream stream) => (int)((PipeStream)stream).SafePipeHandle.DangerousGetHandle();
}
