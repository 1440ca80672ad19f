using System.Threading.Channels;
using Brigade.Contracts.Messages;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;
using Brigade.Runner.Agent.Journal;
using Brigade.Runner.Runs;
using Brigade.Runner.Runtimes;
using Brigade.Runner.Sandbox;
using Brigade.Runner.Trials;

namespace Brigade.Runner.Agent;

/// <summary>Executes assigned runs, one at a time, into their journals.</summary>
internal sealed class RunWorker(JournalStore journals, Func<IReadOnlyList<RuntimeInfo>, ITrialHosts> hosts, AgentLog log, TimeProvider time)
{
    /// <summary>How often a runner without a run looks at what else its machine does, so that a run need not wait to know.</summary>
    private static readonly TimeSpan LookPeriod = TimeSpan.FromSeconds(1);

    private readonly OtherLoad _load = new(time);
    private volatile bool _isExecuting;
    private readonly Channel<(RunAssignment Assignment, ActiveRun Run)> _queue = System.Threading.Channels.Channel.CreateUnbounded<(RunAssignment, ActiveRun)>();

    /// <summary>Whether a run is executed or waits to be.</summary>
    public bool IsMeasuring => _isExecuting || _queue.Reader.Count > 0;

    /// <summary>Makes the run's journal and queues the run.</summary>
    public void Enqueue(RunAssignment assignment, ActiveRun run)
    {
        // The journal exists from here on: a runner that is killed before it begins still has something to tell.
        try
        {
            JournalWriter.Open(journals.PathOf(run.RunId)).Dispose();
            _queue.Writer.TryWrite((assignment, run));
        }
        catch (RunOutputException exception)
        {
            Fail(run, exception.Message);
            run.Written();
        }
    }

    /// <summary>Works until stopped; a run that is under way then is ended first.</summary>
    public async Task WorkAsync(CancellationToken stopping)
    {
        _ = LookAsync(stopping);
        await foreach (var (assignment, run) in _queue.Reader.ReadAllAsync(CancellationToken.None).WithCancellation(stopping))
        {
            log.Info($"run {run.RunId}: started");
            _isExecuting = true;
            var outcome = await ExecuteAsync(assignment, run, stopping);
            _load.Forget();
            _isExecuting = false;
            run.Written();
            log.Info($"run {run.RunId}: {outcome.Status.ToString().ToLowerInvariant()}{(outcome.Reason.Length > 0 ? $": {outcome.Reason}" : "")}");
        }
    }

    private async Task LookAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(LookPeriod, time);
        while (await timer.WaitForNextTickAsync(stopping))
        {
            if (!_isExecuting)
            {
                _load.Look();
            }
        }
    }

    private async Task<RunOutcome> ExecuteAsync(RunAssignment assignment, ActiveRun run, CancellationToken stopping)
    {
        try
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(stopping, run.Cancelled);
            using var writer = JournalWriter.Open(journals.PathOf(run.RunId));
            var output = new JournalOutput(writer, run);
            var reading = SpecReader.Read(assignment.Spec, SpecFormat.Json, SpecOrigin.Request);
            if (reading.Spec is not { } spec)
            {
                return await RefuseAsync(output, $"This runner cannot execute the spec: {reading.Errors.FirstOrDefault()} Use the same version of the runner and the server.");
            }

            var machine = await MachineFacts.ReadBeforeRunAsync(_load, CancellationToken.None);
            var executor = new RunExecutor(hosts(machine.Runtimes), time, RunMeans.Of(RunOrder.Read(assignment.Order)), SandboxPolicy.Agent);
            return await executor.ExecuteAsync(
                spec, assignment.Seed, machine, [output], stop.Token,
                () => stopping.IsCancellationRequested && !run.Cancelled.IsCancellationRequested ? new RunOutcome(RunStatus.Failed, "The runner was stopped during the run.") : null);
        }
        catch (RunOutputException exception)
        {
            return Fail(run, exception.Message);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // The runs that wait behind this one are not to blame.
            return Fail(run, $"The runner met an unexpected error: {exception.GetType().Name}: {exception.Message}");
        }
    }

    private RunOutcome Fail(ActiveRun run, string reason)
    {
        log.Problem($"run {run.RunId} cannot be executed: {reason}");
        journals.End(run, new RunEnded(time.GetUtcNow(), RunStatus.Failed, reason));
        return new RunOutcome(RunStatus.Failed, reason);
    }

    private async Task<RunOutcome> RefuseAsync(JournalOutput output, string reason)
    {
        await output.WriteAsync(new RunEnded(time.GetUtcNow(), RunStatus.Failed, reason));
        await output.DisposeAsync();
        return new RunOutcome(RunStatus.Failed, reason);
    }
}
