using System.Runtime;
using Brigade.Runner.Protocol;
using Brigade.Runner.TrialHosts.DotNet.Kernels;

namespace Brigade.Runner.TrialHosts.DotNet.Strategies;

/// <summary><c>async</c>: one thread with one event loop; each worker is a coroutine on it that awaits one task after the other.</summary>
internal sealed class AsyncLoop(TrialRequest request, RecordSender sender) : IStrategy
{
    private readonly Worker[] _workers = new Worker[request.Workers];
    private readonly ManualResetEventSlim _isUp = new(initialState: false, spinCount: 0);
    private EventLoop? _loop;
    private long _longestBlockNs;
    private Exception? _failure;

    public long CompiledMethods => JitInfo.GetCompiledMethodCount();

    public WorkerIdentity[] Start()
    {
        new Thread(Run) { IsBackground = true, Name = "event loop" }.Start();
        _isUp.Wait();
        return _failure is { } failure
            ? throw (failure as TrialFailedException ?? new TrialFailedException($"The event loop cannot start: {failure.Message}", failure.ToString()))
            : Array.ConvertAll(_workers, worker => new WorkerIdentity(worker.Number, Environment.ProcessId, Tid: 0));
    }

    public void Begin(Phase phase) => _loop!.Post(_ => StartWorkers(phase), null);

    public Totals TakeTotals()
    {
        var totals = default(Totals);
        foreach (var worker in _workers)
        {
            totals += worker.TakeTotals();
        }

        return totals;
    }

    public long StartedBy(int worker) => _workers[worker].Started;

    public void AddFigures(IDictionary<string, double> figures) => figures["longestLoopBlockMs"] = _longestBlockNs / 1e6;

    public void Kill()
    {
        // The thread ends with its process.
    }

    private void Run()
    {
        try
        {
            _loop = new EventLoop();
            var log = sender.CreateLog();
            for (var number = 0; number < _workers.Length; number++)
            {
                _workers[number] = new Worker(number, KernelRegistry.Create(request, number), log, sender.Errors, Faults.Of(request, number));
            }
        }
        catch (Exception exception)
        {
            _failure = exception;
            _isUp.Set();
            return;
        }

        _isUp.Set();
        _loop.Run();
    }

    private void StartWorkers(Phase phase)
    {
        _loop!.TakeLongestBlock(); // what was before
        _longestBlockNs = 0;
        foreach (var worker in _workers)
        {
            _ = RunAsync(worker, phase);
        }
    }

    private async Task RunAsync(Worker worker, Phase phase)
    {
        try
        {
            await worker.RunAllAsync(phase);
            _longestBlockNs = Math.Max(_longestBlockNs, _loop!.TakeLongestBlock());
            phase.WorkerEnded();
        }
        catch (Exception exception)
        {
            phase.Fail(exception);
        }
    }
}
