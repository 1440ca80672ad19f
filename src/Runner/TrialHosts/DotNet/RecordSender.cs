using Brigade.Runner.Protocol;

namespace Brigade.Runner.TrialHosts.DotNet;

/// <summary>The one thread that passes records on: every 20 ms, sooner where many wait. It never makes a worker wait for the pipe.</summary>
internal sealed class RecordSender
{
    private const int RoundMs = 20;

    /// <summary>In one round, so that a thread that records as fast as this one sends does not keep it from the others.</summary>
    private const int MostOfALog = 64 * 1024;

    private readonly RecordWriter _writer;
    private readonly List<TaskLog> _logs = [];
    private readonly TaskRecord[] _batch = new TaskRecord[4096];
    private readonly Lock _waitingLock = new();
    private readonly List<(RecordType Type, byte[] Payload)> _waiting = [];
    private readonly AutoResetEvent _soon = new(initialState: false);
    private readonly Thread _thread;
    private volatile bool _isFinishing;
    private bool _isStarted;

    public RecordSender(RecordWriter writer)
    {
        _writer = writer;
        Pool = new BlockPool(() => _soon.Set());
        _thread = new Thread(Send, 256 * 1024) { IsBackground = true, Name = "sender" };
    }

    public BlockPool Pool { get; }

    public ErrorLog Errors { get; } = new();

    /// <summary>A log for one more thread; before <see cref="Start"/>.</summary>
    public TaskLog CreateLog()
    {
        var log = new TaskLog(Pool);
        lock (_logs)
        {
            _logs.Add(log);
        }

        return log;
    }

    /// <summary>Sends a record, after all tasks that are in the logs now. Before the start it is sent at once; there are no tasks then.</summary>
    public void Add(RecordType type, byte[] payload)
    {
        lock (_waitingLock)
        {
            if (_isStarted)
            {
                _waiting.Add((type, payload));
            }
            else
            {
                _writer.Write(type, payload);
            }
        }

        _soon.Set();
    }

    /// <summary>Begins to send; after the <c>measuring</c> record.</summary>
    public void Start()
    {
        lock (_waitingLock)
        {
            _isStarted = true;
        }

        _thread.Start();
    }

    /// <summary>Sends what is left and ends; after the last task.</summary>
    public void Finish()
    {
        _isFinishing = true;
        _soon.Set();
        _thread.Join();
    }

    private void Send()
    {
        bool isLast;
        do
        {
            _soon.WaitOne(RoundMs);
            isLast = _isFinishing;
            var waiting = TakeWaiting();
            if (SendTasks(isLast || waiting.Length > 0 ? int.MaxValue : MostOfALog))
            {
                _soon.Set();
            }

            foreach (var (type, payload) in waiting)
            {
                _writer.Write(type, payload);
            }

            foreach (var error in Errors.Take())
            {
                _writer.Write(RecordType.Error, error);
            }
        }
        while (!isLast);
    }

    private (RecordType Type, byte[] Payload)[] TakeWaiting()
    {
        lock (_waitingLock)
        {
            if (_waiting.Count == 0)
            {
                return [];
            }

            (RecordType, byte[])[] taken = [.. _waiting];
            _waiting.Clear();
            return taken;
        }
    }

    /// <summary>Gathers the logs of all threads into as few records as possible. Gives whether some had more than that many.</summary>
    private bool SendTasks(int most)
    {
        var filled = 0;
        var isMore = false;
        foreach (var log in _logs)
        {
            int moved;
            var left = most;
            do
            {
                moved = log.Drain(_batch.AsSpan(filled, Math.Min(_batch.Length - filled, left)));
                filled += moved;
                left -= moved;
                if (filled == _batch.Length)
                {
                    _writer.WriteTasks(_batch);
                    filled = 0;
                }
            }
            while (moved > 0 && left > 0);
            isMore |= left == 0;
        }

        _writer.WriteTasks(_batch.AsSpan(0, filled));
        return isMore;
    }
}
