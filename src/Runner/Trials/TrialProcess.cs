using System.Diagnostics;

namespace Brigade.Runner.Trials;

/// <summary>
/// The process of one trial with everything it starts. It runs in a session of its own with a clean environment and a scratch
/// directory; disposing ends it and all its descendants and deletes the directory, whatever state it is in.
/// </summary>
internal sealed class TrialProcess : IAsyncDisposable
{
    private const int StderrCapacity = 64 * 1024;

    private static readonly string[] InheritedVariables = ["PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "TZ"];
    private static readonly string? Setsid = new[] { "/usr/bin/setsid", "/bin/setsid" }.FirstOrDefault(File.Exists);

    private readonly Process _process;
    private readonly string _mark;
    private readonly TimeProvider _time;
    private readonly HeadAndTail _stderr = new(StderrCapacity);
    private readonly Task _stderrReading;
    private readonly SemaphoreSlim _ending = new(1, 1);
    private bool _inputClosed;
    private bool _ended;

    private TrialProcess(Process process, string mark, string scratch, long startedAt, TimeProvider time)
    {
        _process = process;
        _mark = mark;
        _time = time;
        ScratchDirectory = scratch;
        StartedAt = startedAt;
        _stderrReading = ReadStderrAsync();
    }

    public int Id => _process.Id;

    /// <summary>Monotonic nanoseconds just before the process was started.</summary>
    public long StartedAt { get; }

    public string ScratchDirectory { get; }

    /// <summary>Whether something of the trial withstood the kill.</summary>
    public bool HasSurvivors { get; private set; }

    public Stream Output => _process.StandardOutput.BaseStream;

    /// <summary>A bounded part of what it wrote to standard error.</summary>
    public HeadAndTail Stderr => _stderr;

    /// <summary>Starts a host.</summary>
    /// <param name="processors">Those that it and all it starts may use; null for all of this process's.</param>
    /// <exception cref="TrialException">It cannot be started; the message says why.</exception>
    public static TrialProcess Start(HostCommand command, TimeProvider time, IReadOnlyList<int>? processors = null)
    {
        var mark = TrialMark.Create();
        string? scratch = null;
        try
        {
            scratch = Scratch.Create(mark);
            var start = new ProcessStartInfo(Setsid ?? command.FileName)
            {
                UseShellExecute = false,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                WorkingDirectory = scratch,
            };
            if (Setsid is not null)
            {
                start.ArgumentList.Add(command.FileName);
            }

            foreach (var argument in command.Arguments)
            {
                start.ArgumentList.Add(argument);
            }

            FillEnvironment(start.Environment, command, mark);
            var startedAt = Stopwatch.GetTimestamp();
            return new TrialProcess(Affinity.Within(processors, () => Process.Start(start)!), mark, scratch, startedAt, time);
        }
        catch (Exception exception) when (exception is System.ComponentModel.Win32Exception or IOException or UnauthorizedAccessException or TrialException)
        {
            if (scratch is not null)
            {
                Scratch.Delete(scratch);
            }

            throw exception as TrialException ?? new TrialException($"the trial's process cannot be started: {exception.Message}", exception);
        }
    }

    /// <summary>Hands over the request. A host that ends before it has read all of it is no error here: why it ended is found elsewhere.</summary>
    public async Task WriteAsync(ReadOnlyMemory<byte> request, CancellationToken cancellation)
    {
        try
        {
            var input = _process.StandardInput.BaseStream;
            await input.WriteAsync(request, cancellation);
            await input.FlushAsync(cancellation);
        }
        catch (IOException)
        {
        }
    }

    /// <summary>Completes so long after the host itself has ended, whatever processes it left behind.</summary>
    public async Task ExitedAsync(TimeSpan later)
    {
        await _process.WaitForExitAsync();
        await Task.Delay(later, _time);
    }

    /// <summary>Tells the host to stop and waits until it has ended by itself; false where it has not within the grace.</summary>
    public async Task<bool> StopAsync(TimeSpan grace)
    {
        CloseInput();
        using var limit = new CancellationTokenSource(grace, _time);
        try
        {
            await _process.WaitForExitAsync(limit.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>How the process ended, in words: <c>ended with exit code 1</c>, <c>ended by signal 9 (…)</c>. Waits a moment for the end.</summary>
    public async Task<string> DescribeEndAsync()
    {
        const int SignalBase = 128, HighestSignal = 64;
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(1), _time);
        try
        {
            await _process.WaitForExitAsync(limit.Token);
            await _stderrReading.WaitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            // It closed its output and lives on, or a child of it holds standard error open.
        }

        return !_process.HasExited ? "closed its output without ending"
            : _process.ExitCode is > SignalBase and <= SignalBase + HighestSignal and var code ? $"ended by signal {Linux.Describe(code - SignalBase)}"
            : $"ended with exit code {_process.ExitCode}";
    }

    /// <summary>All that was kept of its standard error. Waits for the end of it, which is near once the process was killed.</summary>
    public async Task<string> ReadErrorsToEndAsync(TimeSpan atMost)
    {
        await Task.WhenAny(_stderrReading, Task.Delay(atMost, _time));
        return _stderr.ToString();
    }

    /// <summary>Ends the process and everything that it started, at once; again does nothing.</summary>
    public async Task KillAsync()
    {
        await _ending.WaitAsync();
        try
        {
            if (_ended)
            {
                return;
            }

            CloseInput();
            HasSurvivors = !await ProcessTree.KillAsync(_process.Id, _mark, _time);
            _ended = true;
        }
        finally
        {
            _ending.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();

        // The pipes are closed by hand: a reader that still waits must not keep the trial from ending.
        await _process.StandardOutput.BaseStream.DisposeAsync();
        await _process.StandardError.BaseStream.DisposeAsync();
        _process.Dispose();
        Scratch.Delete(ScratchDirectory);
        _ending.Dispose();
    }

    private static void FillEnvironment(IDictionary<string, string?> environment, HostCommand command, string mark)
    {
        environment.Clear();
        foreach (var name in InheritedVariables)
        {
            if (Environment.GetEnvironmentVariable(name) is { } value)
            {
                environment[name] = value;
            }
        }

        foreach (var (name, value) in command.Environment)
        {
            environment[name] = value;
        }

        environment[ProcessTree.MarkVariable] = mark;
    }

    private void CloseInput()
    {
        if (_inputClosed)
        {
            return;
        }

        _inputClosed = true;
        try
        {
            _process.StandardInput.BaseStream.Dispose();
        }
        catch (IOException)
        {
            // The host has closed its end.
        }
    }

    private async Task ReadStderrAsync()
    {
        var buffer = new byte[16 * 1024];
        try
        {
            while (await _process.StandardError.BaseStream.ReadAsync(buffer) is var read and > 0)
            {
                _stderr.Write(buffer.AsSpan(0, read));
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // The trial is over.
        }
    }
}
