using System.Diagnostics;
using Brigade.Runner.Sandbox;

namespace Brigade.Runner.Trials;

/// <summary>
/// The process of one trial with everything it starts. It runs in a session of its own with a clean environment and a scratch
/// directory; disposing ends it and all its descendants and deletes the directory, whatever state it is in.
/// </summary>
internal sealed class TrialProcess : IAsyncDisposable
{
    private const int StderrCapacity = 64 * 1024;

    private static readonly string[] InheritedVariables = ["PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "TZ"];

    private readonly HostProcess _process;
    private readonly TrialGroup? _group;
    private readonly string _mark;
    private readonly int? _user;
    private readonly TimeProvider _time;
    private readonly HeadAndTail _stderr = new(StderrCapacity);
    private readonly Task _stderrReading;
    private readonly SemaphoreSlim _ending = new(1, 1);
    private bool _inputClosed;
    private bool _ended;

    private TrialProcess(HostProcess process, TrialGroup? group, int? user, string mark, string scratch, long startedAt, TimeProvider time)
    {
        (_process, _group, _user) = (process, group, user);
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

    public Stream Output => _process.Output;

    /// <summary>A bounded part of what it wrote to standard error.</summary>
    public HeadAndTail Stderr => _stderr;

    /// <summary>Starts a host.</summary>
    /// <param name="processors">Those that it and all it starts may use; null for all of this process's.</param>
    /// <param name="box">The sandbox that it is locked in; null for none.</param>
    /// <exception cref="TrialException">It cannot be started; the message says why.</exception>
    public static TrialProcess Start(HostCommand command, TimeProvider time, IReadOnlyList<int>? processors = null, Box? box = null)
    {
        var mark = TrialMark.Create();
        var startedAt = Stopwatch.GetTimestamp();
        string? scratch = null;
        TrialGroup? group = null;
        try
        {
            scratch = Scratch.Create(mark);
            group = box is null ? null : new TrialGroup();
            var start = new HostStart(command.FileName, command.Arguments, Variables(command, mark, box, scratch), scratch, group?.Id);
            return new TrialProcess(Start(start, processors, box), group, box?.User, mark, scratch, startedAt, time);
        }
        catch (Exception exception) when (exception is System.ComponentModel.Win32Exception or IOException or UnauthorizedAccessException or TrialException or SandboxException)
        {
            group?.Dispose();
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
            await _process.Input.WriteAsync(request, cancellation);
            await _process.Input.FlushAsync(cancellation);
        }
        catch (IOException)
        {
        }
    }

    /// <summary>Completes so long after the host itself has ended, whatever processes it left behind.</summary>
    public async Task ExitedAsync(TimeSpan later)
    {
        await _process.Exited;
        await Task.Delay(later, _time);
    }

    /// <summary>Tells the host to stop and waits until it has ended by itself; false where it has not within the grace.</summary>
    public async Task<bool> StopAsync(TimeSpan grace)
    {
        CloseInput();
        using var limit = new CancellationTokenSource(grace, _time);
        try
        {
            await _process.Exited.WaitAsync(limit.Token);
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
            await _process.Exited.WaitAsync(limit.Token);
            await _stderrReading.WaitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            // It closed its output and lives on, or a child of it holds standard error open.
        }

        if (!_process.Exited.IsCompleted)
        {
            return "closed its output without ending";
        }

        var code = await _process.Exited;
        return code is > SignalBase and <= SignalBase + HighestSignal ? $"ended by signal {Linux.Describe(code - SignalBase)}" : $"ended with exit code {code}";
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
            HasSurvivors = !await ProcessTree.KillAsync(_process.Id, _group?.Id ?? _process.Id, _mark, _time);
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

        // A reader that still waits must not keep the trial from ending.
        _process.Dispose();
        _group?.Dispose();
        Scratch.Delete(ScratchDirectory);
        if (_user is { } user)
        {
            OwnUser.Clear(user);
        }

        _ending.Dispose();
    }

    private static HostProcess Start(HostStart start, IReadOnlyList<int>? processors, Box? box)
    {
        if (box is null)
        {
            return HostProcess.Start(start, processors);
        }

        box.Own(start.Directory);
        if (box.Level == 1)
        {
            using var wrapped = box.Wrap(start);
            return HostProcess.Start(wrapped.Start, processors);
        }

        using var locked = box.CreateLock(start.Directory, start.Group ?? 0);
        var process = HostProcess.Start(start, processors, locked);
        try
        {
            // In time: it loads nothing of the user's before it has its request.
            ProcessLimits.Set(process.Id, box.Limits, box.User);
            return process;
        }
        catch
        {
            _ = Linux.Kill(process.Id, Linux.Sigkill);
            process.Dispose();
            throw;
        }
    }

    private static Dictionary<string, string> Variables(HostCommand command, string mark, Box? box, string scratch)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in InheritedVariables)
        {
            if (Environment.GetEnvironmentVariable(name) is { } value)
            {
                variables[name] = value;
            }
        }

        foreach (var (name, value) in command.Environment.Concat(box is null ? [] : Box.Variables(scratch)))
        {
            variables[name] = value;
        }

        variables[ProcessTree.MarkVariable] = mark;
        return variables;
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
            _process.Input.Dispose();
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
            while (await _process.Error.ReadAsync(buffer) is var read and > 0)
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
