using System.Diagnostics;
using Brigade.Contracts.Spec;
using Brigade.Runner.Protocol;
using Brigade.Runner.TrialHosts.DotNet;

namespace Brigade.Runner.Tests.TrialHosts.DotNet;

/// <summary>The real built host on its real pipes, and everything that it said.</summary>
internal sealed class HostProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly CancellationTokenSource _patience = new(Patience);
    private readonly DirectoryInfo _scratch = Directory.CreateTempSubdirectory("brigade-");
    private readonly Task<string> _standardError;
    private readonly RecordReader _reader;

    public HostProcess()
    {
        var command = TrialHost.Command;
        var start = new ProcessStartInfo(command.File, command.Arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in TrialHost.Environment)
        {
            start.Environment[name] = value;
        }

        Process = Process.Start(start)!;
        _standardError = Process.StandardError.ReadToEndAsync(_patience.Token);
        _reader = new RecordReader(Process.StandardOutput.BaseStream);
    }

    public Process Process { get; }

    public ReadyPayload? Ready { get; private set; }

    public MeasuringPayload? Measuring { get; private set; }

    public DonePayload? Done { get; private set; }

    public FailedPayload? Failed { get; private set; }

    public List<TaskRecord> Tasks { get; } = [];

    public List<ErrorPayload> Errors { get; } = [];

    public List<WorkerPayload> Losses { get; } = [];

    /// <summary>How many task records had come when each loss was told.</summary>
    public List<int> TasksBeforeLoss { get; } = [];

    public int LongestError { get; private set; }

    public static TrialRequest Request(
        Strategy strategy, int workers, string kernel, TrialLoad load, IReadOnlyDictionary<string, ParameterValue>? parameters = null) => new()
        {
            Workload = new TrialWorkload { Kernel = kernel, Params = parameters ?? new Dictionary<string, ParameterValue>(StringComparer.Ordinal) },
            Strategy = strategy,
            Workers = workers,
            Load = load,
            Warmup = new TrialLoad { Tasks = 2 },
            Scratch = "",
        };

    /// <summary>Runs a trial to its last record and closes the input.</summary>
    public static async Task<HostProcess> RunAsync(TrialRequest request)
    {
        await using var host = new HostProcess();
        await host.SendAsync(request);
        await host.ReadToEndAsync();
        return host;
    }

    public Task SendAsync(TrialRequest request) => SendAsync((request with { Scratch = _scratch.FullName }).ToLine());

    public async Task SendAsync(byte[] line)
    {
        await Process.StandardInput.BaseStream.WriteAsync(line, _patience.Token);
        await Process.StandardInput.BaseStream.FlushAsync(_patience.Token);
    }

    public async Task ReadToEndAsync()
    {
        while (Done is null && Failed is null && await ReadAsync() is not null)
        {
        }
    }

    public async Task ReadToAsync(RecordType type)
    {
        while (await ReadAsync() is { } read && read != type)
        {
        }
    }

    /// <summary>Closes the input: the host has to stop.</summary>
    public void CloseInput() => Process.StandardInput.Close();

    public async Task<int> WaitForExitAsync()
    {
        await Process.WaitForExitAsync(_patience.Token);
        return Process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        CloseInput();
        try
        {
            await WaitForExitAsync();
            await _standardError;
        }
        finally
        {
            if (!Process.HasExited)
            {
                Process.Kill(entireProcessTree: true);
            }

            Process.Dispose();
            _patience.Dispose();
            _scratch.Delete(recursive: true);
        }
    }

    /// <summary>A killed process is gone when it is reaped, which its new parent does a moment later.</summary>
    public static async Task AssertGoneAsync(IEnumerable<int> pids)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        foreach (var pid in pids)
        {
            while (IsAlive(pid))
            {
                await Task.Delay(10, patience.Token);
            }
        }
    }

    private static bool IsAlive(int pid)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/stat") is var stat && stat[stat.LastIndexOf(')') + 2] is not ('Z' or 'X');
        }
        catch (IOException)
        {
            return false;
        }
    }

    private async Task<RecordType?> ReadAsync()
    {
        if (!await _reader.ReadAsync(_patience.Token))
        {
            return null;
        }

        switch (_reader.Type)
        {
            case RecordType.Ready:
                Ready = _reader.Json(ProtocolJson.Default.ReadyPayload);
                break;
            case RecordType.Measuring:
                Measuring = _reader.Json(ProtocolJson.Default.MeasuringPayload);
                break;
            case RecordType.Tasks:
                Tasks.AddRange(_reader.Tasks);
                break;
            case RecordType.Error:
                LongestError = Math.Max(LongestError, _reader.Payload.Length);
                Errors.Add(_reader.Json(ProtocolJson.Default.ErrorPayload));
                break;
            case RecordType.Worker:
                Losses.Add(_reader.Json(ProtocolJson.Default.WorkerPayload));
                TasksBeforeLoss.Add(Tasks.Count);
                break;
            case RecordType.Done:
                Done = _reader.Json(ProtocolJson.Default.DonePayload);
                break;
            case RecordType.Failed:
                Failed = _reader.Json(ProtocolJson.Default.FailedPayload);
                break;
            default:
                break;
        }

        return _reader.Type;
    }
}
