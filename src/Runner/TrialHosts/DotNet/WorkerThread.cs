using Brigade.Runner.Protocol;

namespace Brigade.Runner.TrialHosts.DotNet;

/// <summary>A thread of its own that runs phases one after the other, for the life of the process.</summary>
internal sealed class WorkerThread
{
    private readonly SemaphoreSlim _go = new(0);
    private readonly ManualResetEventSlim _isUp = new(initialState: false, spinCount: 0);
    private readonly Func<Action<Phase>> _prepare;
    private readonly int _number;
    private Phase? _phase;
    private int _tid;
    private Exception? _failure;

    /// <param name="prepare">Called on the thread, gives what it does in a phase. So a worker's memory is its thread's own.</param>
    public WorkerThread(int number, Func<Action<Phase>> prepare)
    {
        (_number, _prepare) = (number, prepare);
        new Thread(Run) { IsBackground = true, Name = "worker" }.Start();
    }

    /// <summary>Waits until the thread is up.</summary>
    /// <exception cref="TrialFailedException">It could not prepare itself.</exception>
    public WorkerIdentity WaitUntilUp()
    {
        _isUp.Wait();
        return _failure is { } failure
            ? throw (failure as TrialFailedException ?? new TrialFailedException($"Worker {_number} cannot start: {failure.Message}", failure.ToString()))
            : new WorkerIdentity(_number, Environment.ProcessId, _tid);
    }

    public void Begin(Phase phase)
    {
        _phase = phase;
        _go.Release();
    }

    private void Run()
    {
        Action<Phase> work;
        try
        {
            _tid = Native.ThreadId();
            work = _prepare();
        }
        catch (Exception exception)
        {
            _failure = exception;
            _isUp.Set();
            return;
        }

        _isUp.Set();
        while (true)
        {
            _go.Wait();
            var phase = _phase!;
            try
            {
                work(phase);
                phase.WorkerEnded();
            }
            catch (Exception exception)
            {
                phase.Fail(exception);
            }
        }
    }
}
