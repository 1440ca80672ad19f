using System.Diagnostics;

namespace Brigade.Runner.TrialHosts.DotNet;

/// <summary>Puts each arrival of an open load into the workers' queue when its time has come and a worker is free for it.</summary>
/// <param name="send">Puts a command into the queue; on the thread of this object.</param>
/// <param name="over">Called after the last one.</param>
internal sealed class SharedArrivals(Arrivals arrivals, int workers, Action<WorkerCommand> send, Action over)
{
    private readonly SemaphoreSlim _isFree = new(workers);

    public void Begin(Phase phase) => new Thread(() => Run(phase)) { IsBackground = true, Name = "arrivals" }.Start();

    /// <summary>A task has ended, or is lost with its worker.</summary>
    public void End()
    {
        arrivals.End();
        _isFree.Release();
    }

    private void Run(Phase phase)
    {
        try
        {
            _isFree.Wait();
            while (arrivals.TryTake(hasEnded: false, out var arrival))
            {
                Native.SleepUntil(arrival.IntendedAt);
                send(new WorkerCommand(arrival.Index, long.MaxValue, Stopwatch.GetTimestamp(), Count: 1, IsRecorded: 0, arrival.IntendedAt));
                _isFree.Wait();
            }

            over();
        }
        catch (Exception exception)
        {
            phase.Fail(exception);
        }
    }
}
