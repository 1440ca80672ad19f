using System.Diagnostics;
using Brigade.Runner.Protocol;
using Brigade.Runner.TrialHosts.DotNet.Channels;

namespace Brigade.Runner.TrialHosts.DotNet;

/// <summary>A worker's place: the processes that have it one after the other, and a thread that starts them and sees them end.</summary>
/// <param name="open">Opens the channel of the place's next process.</param>
/// <param name="isOwnLink">Whether the channel belongs to this place only: then it goes with the process.</param>
internal sealed class WorkerSeat(int number, byte[] request, WorkerBoard board, Func<LinkPair> open, bool isOwnLink)
{
    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _next = new(0);
    private LinkPair? _link;
    private WorkerProcess? _process;
    private long _endedAt;
    private bool _isStopped;

    public int Number { get; } = number;

    public ILink Link => _link!.Near;

    /// <summary>When the process of this place was seen ended; 0 while it lives.</summary>
    public long EndedAt => Volatile.Read(ref _endedAt);

    public ref WorkerBoard.Place Place => ref board[Number];

    /// <summary>Starts a process; does not wait for it.</summary>
    /// <exception cref="TrialFailedException">The system refuses, or the channel does not carry what the trial sends.</exception>
    public void Start()
    {
        lock (_lock)
        {
            if (!_isStopped)
            {
                _link = open();
                _process = WorkerProcess.Start(Number, _link, board, request);
            }
        }
    }

    /// <exception cref="TrialFailedException">It has ended or cannot work.</exception>
    public WorkerIdentity WaitUntilUp() => (_process ?? throw new TrialFailedException("the trial was stopped.")).WaitUntilUp();

    /// <summary>Begins to watch; calls back, on a thread of its own, each time that the process has ended, after the wait for it was ended.</summary>
    public void Watch(Action<WorkerSeat> onEnded) => new Thread(
        () =>
        {
            while (true)
            {
                Volatile.Write(ref _endedAt, _process!.WaitForEnd());
                if (isOwnLink)
                {
                    Link.Close();
                }

                onEnded(this);
                _next.Wait();
            }
        },
        128 * 1024)
    { IsBackground = true, Name = "watcher" }.Start();

    /// <summary>Gives the place of a process that has ended to a new one, and tells so.</summary>
    /// <param name="lost">The measured tasks that are lost with the old one.</param>
    /// <exception cref="TrialFailedException">There is no new one.</exception>
    public void Replace(long lost, WorkerLosses losses)
    {
        var reason = _process!.DescribeEnd();
        _process.Dispose();
        if (isOwnLink)
        {
            _link!.Dispose();
        }

        var endedAt = EndedAt;
        Start();
        var identity = WaitUntilUp();
        losses.Add(new WorkerPayload(Stopwatch.GetTimestamp(), endedAt, Number, identity.Pid, identity.Tid, lost, reason));
        Volatile.Write(ref _endedAt, 0);
        _next.Release();
    }

    /// <inheritdoc cref="WorkerProcess.TearDown"/>
    public void TearDown() => _process?.TearDown();

    /// <inheritdoc cref="WorkerProcess.WaitForTeardown"/>
    public string WaitForTeardown() => _process?.WaitForTeardown() ?? "";

    /// <summary>Kills the process and lets no other follow.</summary>
    public void Kill()
    {
        lock (_lock)
        {
            _isStopped = true;
            _process?.Kill();
        }
    }
}
