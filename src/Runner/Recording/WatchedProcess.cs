using System.Globalization;

namespace Brigade.Runner.Recording;

/// <summary>One process of a trial with the open handles of it and its threads.</summary>
internal sealed class WatchedProcess : IDisposable
{
    private readonly int _id;
    private readonly ProcFile _stat;
    private readonly ProcFile? _statm;
    private readonly Dictionary<int, ProcFile> _threads = [];
    private readonly Dictionary<int, (char State, long Voluntary, long Involuntary)> _lastSeen = [];
    private readonly Dictionary<int, (ProcFile File, long DelayNs)> _schedules = [];
    private long _endedDelay;
    private long _endedVoluntary;
    private long _endedInvoluntary;
    private bool _isRunning;
    private long _resident;
    private long _countedByOthers;

    private WatchedProcess(int id, ProcFile stat)
    {
        _id = id;
        _stat = stat;
        _statm = ProcFile.Open($"/proc/{id}/statm");
    }

    public ProcStat Stat { get; private set; }

    /// <summary>What the process does as a whole: R where any of its threads is on a processor or ready, else its main thread's state.</summary>
    public char State => _isRunning && Stat.State is not ('Z' or 'X') ? 'R' : Stat.State;

    /// <summary>Resident bytes without those that other processes count: what they share is known as of the last <see cref="ReadShared"/>.</summary>
    public long Memory => Math.Max(0, _resident - _countedByOthers);

    public long Voluntary { get; private set; }

    public long Involuntary { get; private set; }

    public bool Ended { get; private set; }

    /// <summary>As of the last <see cref="ReadRunDelay"/>.</summary>
    public long RunDelayNs { get; private set; }

    public static WatchedProcess? Open(int id) => ProcFile.Open($"/proc/{id}/stat") is { } stat ? new WatchedProcess(id, stat) : null;

    public char StateOf(int thread) => _lastSeen.TryGetValue(thread, out var seen) ? seen.State : '\0';

    public void SearchThreads()
    {
        try
        {
            foreach (var path in Directory.EnumerateDirectories($"/proc/{_id}/task"))
            {
                if (int.TryParse(Path.GetFileName(path.AsSpan()), CultureInfo.InvariantCulture, out var thread) && !_threads.ContainsKey(thread) && ProcFile.Open($"{path}/status") is { } file)
                {
                    _threads.Add(thread, file);
                }
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The process ended in between; the next read notices.
        }
    }

    public void Read(byte[] buffer)
    {
        if (ProcText.Stat(_stat.Read(buffer)) is not { } stat)
        {
            Ended = true;
            _resident = 0;
            return;
        }

        Stat = stat;
        _resident = _statm is null ? 0 : ProcText.Resident(_statm.Read(buffer));
        ReadThreads(buffer);
    }

    /// <summary>Finds out how much of the resident memory is shared. Costs a millisecond and more: the kernel walks through all pages.</summary>
    public void ReadShared(byte[] buffer)
    {
        using var file = ProcFile.Open($"/proc/{_id}/smaps_rollup");
        var proportional = file is null ? 0 : ProcText.Proportional(file.Read(buffer));
        var resident = _statm is null ? 0 : ProcText.Resident(_statm.Read(buffer));
        _countedByOthers = proportional > 0 ? Math.Max(0, resident - proportional) : 0;
    }

    /// <summary>Nanoseconds that its threads together were ready to run and had no processor, since they began; a thread that ended keeps what it was last seen to have.</summary>
    public long ReadRunDelay(byte[] buffer)
    {
        foreach (var thread in _threads.Keys.Where(thread => !_schedules.ContainsKey(thread)).ToList())
        {
            if (ProcFile.Open($"/proc/{_id}/task/{thread}/schedstat") is { } file)
            {
                _schedules.Add(thread, (file, 0));
            }
        }

        var delay = 0L;
        foreach (var (thread, (file, last)) in _schedules.ToList())
        {
            var text = file.Read(buffer);
            if (text.IsEmpty)
            {
                _endedDelay += last;
                _schedules.Remove(thread);
                file.Dispose();
                continue;
            }

            var now = ProcText.Scheduled(text).DelayNs;
            _schedules[thread] = (file, now);
            delay += now;
        }

        return RunDelayNs = delay + _endedDelay;
    }

    public void Dispose()
    {
        foreach (var (file, _) in _schedules.Values)
        {
            file.Dispose();
        }

        _stat.Dispose();
        _statm?.Dispose();
        foreach (var file in _threads.Values)
        {
            file.Dispose();
        }
    }

    private void ReadThreads(byte[] buffer)
    {
        List<int>? ended = null;
        _isRunning = false;
        long voluntary = 0, involuntary = 0;
        foreach (var (thread, file) in _threads)
        {
            var text = file.Read(buffer);
            if (text.IsEmpty)
            {
                (ended ??= []).Add(thread);
                continue;
            }

            var status = ProcText.Status(text);
            _lastSeen[thread] = status;
            _isRunning |= status.State == 'R';
            voluntary += status.Voluntary;
            involuntary += status.Involuntary;
        }

        foreach (var thread in ended ?? [])
        {
            // What a thread had counted when it was last seen stays counted.
            if (_lastSeen.Remove(thread, out var seen))
            {
                _endedVoluntary += seen.Voluntary;
                _endedInvoluntary += seen.Involuntary;
            }

            _threads.Remove(thread, out var file);
            file?.Dispose();
        }

        Voluntary = voluntary + _endedVoluntary;
        Involuntary = involuntary + _endedInvoluntary;
    }
}
