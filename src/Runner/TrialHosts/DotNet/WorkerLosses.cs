using Brigade.Runner.Protocol;

namespace Brigade.Runner.TrialHosts.DotNet;

/// <summary>The workers that a trial lost, on their way to the runner. Safe to use from several threads.</summary>
internal sealed class WorkerLosses(RecordSender sender)
{
    private readonly Lock _lock = new();
    private int _count;
    private long _lost;
    private bool _isOver;

    /// <summary>Whether the last measured task has ended: who is lost now is missed by nobody.</summary>
    public bool IsOver
    {
        get
        {
            lock (_lock)
            {
                return _isOver;
            }
        }
    }

    /// <summary>A worker was lost and has a replacement.</summary>
    /// <exception cref="TrialFailedException">It was one too many.</exception>
    public void Add(WorkerPayload loss)
    {
        lock (_lock)
        {
            if (_isOver)
            {
                return;
            }

            if (++_count > WorkerPayload.MaximumCount)
            {
                throw new TrialFailedException($"more than {WorkerPayload.MaximumCount} worker processes were lost; the last, worker {loss.Worker}, {loss.Reason}.");
            }

            _lost += loss.Lost;
            sender.Add(RecordType.Worker, HostRecords.Worker(loss));
        }
    }

    /// <summary>No loss counts any more; gives the tasks that were lost.</summary>
    public long Close()
    {
        lock (_lock)
        {
            _isOver = true;
            return _lost;
        }
    }
}
