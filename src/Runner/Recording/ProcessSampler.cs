using System.Diagnostics;
using Brigade.Runner.Protocol;
using Brigade.Runner.Trials;

namespace Brigade.Runner.Recording;

/// <summary>
/// Samples a process and all its descendants through /proc with handles that stay open. New processes and threads are looked for
/// at the first sample, at every fifth one and when asked, because finding costs more than reading.
/// What processes share of their memory counts once; it is looked up where there are several of them, at a new process and every two seconds.
/// Processor time has the kernel's resolution of 10 ms per process; a child that ended counts through the parent that waited for it.
/// </summary>
internal sealed class ProcessSampler(int rootProcess) : IProcessSampler
{
    private const int SamplesPerSearch = 5;
    private const int SearchesPerSharing = 4;

    private readonly Dictionary<int, WatchedProcess> _processes = [];
    private readonly byte[] _buffer = new byte[4096];
    private WorkerIdentity[] _workers = [];
    private ProcFile?[] _workerSchedules = [];
    private (long CpuNs, long DelayNs)[] _usedBefore = [];
    private (long CpuNs, long DelayNs)[] _lastUsed = [];
    private bool _isDelayWanted;
    private long _endedDelay;
    private long _endedVoluntary;
    private long _endedInvoluntary;
    private double _endedUser;
    private double _endedSystem;
    private int _samples;
    private ProcessSample? _last;

    public void Watch(IReadOnlyList<WorkerIdentity> workers)
    {
        CloseSchedules();
        _workers = [.. workers];
        _workerSchedules = [.. workers.Select(OpenSchedule)];
        _usedBefore = new (long, long)[workers.Count];
        _lastUsed = new (long, long)[workers.Count];
        _isDelayWanted = workers.Any(worker => worker.Tid == 0);
        _samples = 0;
    }

    public void Replace(WorkerIdentity worker)
    {
        var index = worker.Worker;
        _workerSchedules[index]?.Dispose();
        _workerSchedules[index] = OpenSchedule(worker);
        _workers[index] = worker;
        _usedBefore[index] = _lastUsed[index];
        _samples = 0;
    }

    public void Recount() => _samples = 0;

    public ProcessSample Sample()
    {
        if (_samples % SamplesPerSearch == 0)
        {
            var isNew = Search();
            if (_processes.Count > 1 && (isNew || _samples % (SamplesPerSearch * SearchesPerSharing) == 0))
            {
                ReadShared();
            }
        }

        _samples++;

        double user = _endedUser, system = _endedSystem;
        long memory = 0, voluntary = _endedVoluntary, involuntary = _endedInvoluntary, delay = _endedDelay;
        foreach (var process in _processes.Values)
        {
            process.Read(_buffer);
            delay += _isDelayWanted ? process.ReadRunDelay(_buffer) : 0;
            if (!process.Ended)
            {
                user += UserMs(process);
                system += SystemMs(process);
            }

            memory += process.Memory;
            voluntary += process.Voluntary;
            involuntary += process.Involuntary;
        }

        var (endedUser, endedSystem) = DropEnded();
        (user, system) = (user + endedUser, system + endedSystem);
        var last = _last;
        return _last = new ProcessSample(
            Stopwatch.GetTimestamp(),
            Math.Max(user, last?.CpuUserMs ?? 0),
            Math.Max(system, last?.CpuSystemMs ?? 0),
            memory,
            Math.Max(voluntary, last?.SwitchesVoluntary ?? 0),
            Math.Max(involuntary, last?.SwitchesInvoluntary ?? 0),
            Workers())
        {
            RunDelayNs = _isDelayWanted ? Math.Max(delay, last?.RunDelayNs ?? 0) : null,
        };
    }

    public void Dispose()
    {
        CloseSchedules();
        foreach (var process in _processes.Values)
        {
            process.Dispose();
        }

        _processes.Clear();
    }

    private WorkerSample[] Workers()
    {
        var samples = new WorkerSample[_workers.Length];
        for (var index = 0; index < samples.Length; index++)
        {
            var worker = _workers[index];
            var process = _processes.GetValueOrDefault(worker.Pid);
            if (worker.Tid == 0)
            {
                samples[index] = new WorkerSample(process?.State ?? '\0', CpuNs: null);
                continue;
            }

            var (cpu, delay) = Used(index);
            samples[index] = new WorkerSample(process?.StateOf(worker.Tid) ?? '\0', cpu, delay);
        }

        return samples;
    }

    /// <summary>What a worker used of a processor and how long it waited for one, those that had its place before included. A thread that ended keeps what it was last seen to have.</summary>
    private (long CpuNs, long DelayNs) Used(int worker)
    {
        var (cpu, delay) = _workerSchedules[worker] is { } file ? ProcText.Scheduled(file.Read(_buffer)) : default;
        var (before, last) = (_usedBefore[worker], _lastUsed[worker]);
        return _lastUsed[worker] = (Math.Max(last.CpuNs, before.CpuNs + cpu), Math.Max(last.DelayNs, before.DelayNs + delay));
    }

    private static ProcFile? OpenSchedule(WorkerIdentity worker) => worker.Tid == 0 ? null : ProcFile.Open($"/proc/{worker.Pid}/task/{worker.Tid}/schedstat");

    /// <summary>Gives whether there is a new process.</summary>
    private bool Search()
    {
        var before = _processes.Count;
        foreach (var id in ProcessTree.WithDescendants(rootProcess))
        {
            if (!_processes.TryGetValue(id, out var process) && (process = WatchedProcess.Open(id)) is not null)
            {
                _processes.Add(id, process);
            }

            process?.SearchThreads();
        }

        return _processes.Count > before;
    }

    private void ReadShared()
    {
        foreach (var process in _processes.Values)
        {
            process.ReadShared(_buffer);
        }
    }

    /// <summary>Gives the processor time of those that ended and are in nobody's account.</summary>
    private (double UserMs, double SystemMs) DropEnded()
    {
        double user = 0, system = 0;
        var ended = _processes.Where(pair => pair.Value.Ended).ToList();
        foreach (var (_, process) in ended.Where(pair => !HasLivingAncestor(pair.Value)))
        {
            user += UserMs(process);
            system += SystemMs(process);
        }

        foreach (var (id, process) in ended)
        {
            _endedVoluntary += process.Voluntary;
            _endedInvoluntary += process.Involuntary;
            _endedDelay += process.RunDelayNs;
            process.Dispose();
            _processes.Remove(id);
        }

        _endedUser += user;
        _endedSystem += system;
        return (user, system);
    }

    /// <summary>Whether a process that is still watched has waited for this one, and so has its time among its children's.</summary>
    private bool HasLivingAncestor(WatchedProcess process)
    {
        while (_processes.TryGetValue(process.Stat.Parent, out var parent) && parent != process)
        {
            if (!parent.Ended)
            {
                return true;
            }

            process = parent;
        }

        return false;
    }

    private static double UserMs(WatchedProcess process) => (process.Stat.User + process.Stat.ChildrenUser) * ProcText.TickMs;

    private static double SystemMs(WatchedProcess process) => (process.Stat.System + process.Stat.ChildrenSystem) * ProcText.TickMs;

    private void CloseSchedules()
    {
        foreach (var file in _workerSchedules)
        {
            file?.Dispose();
        }
    }
}
