using System.Globalization;
using Brigade.Contracts.Messages;
using Brigade.Contracts.Plan;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;
using Brigade.Runner.Sql;
using Brigade.Runner.Trials;

namespace Brigade.Runner.Runs;

/// <summary>How a run ended.</summary>
/// <param name="Reason">Why it did not complete; empty where it did.</param>
internal sealed record RunOutcome(RunStatus Status, string Reason);

/// <summary>Executes a run: expands the spec, executes its trials one after the other and tells the outputs.</summary>
/// <param name="connections">Gives the address of a named database; those of the command line where absent.</param>
internal sealed class RunExecutor(ITrialHosts hosts, TimeProvider time, Func<string, string?>? connections = null)
{
    private readonly TrialExecutor _trials = new(hosts, time);

    /// <summary>Executes a valid spec. Does not throw for anything that goes wrong in the run: the outcome says it, and so does the last event.</summary>
    /// <param name="stopReason">Says, when <paramref name="cancellation"/> fires, how the run ends; cancelled by the user where null.</param>
    public async Task<RunOutcome> ExecuteAsync(
        ExperimentSpec spec, int seed, Machine machine, IReadOnlyList<IRunOutput> outputs, CancellationToken cancellation, Func<RunOutcome?>? stopReason = null)
    {
        var broadcast = new Broadcast(outputs);
        RunOutcome outcome;
        try
        {
            var plan = TrialPlanner.Expand(spec, seed);
            await broadcast.WriteAsync(new RunStarted(time.GetUtcNow(), machine, plan));
            outcome = MissingProcessors(spec) is { } missing ? new RunOutcome(RunStatus.Failed, missing) : await ExecuteTrialsAsync(spec, plan, broadcast, cancellation, stopReason);
        }
        catch (RunOutputException exception)
        {
            outcome = new RunOutcome(RunStatus.Failed, exception.Message);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            outcome = new RunOutcome(RunStatus.Failed, $"The runner met an unexpected error: {exception.GetType().Name}: {exception.Message}");
        }

        await broadcast.EndAsync(new RunEnded(time.GetUtcNow(), outcome.Status, outcome.Reason));
        return outcome;
    }

    private async Task<RunOutcome> ExecuteTrialsAsync(ExperimentSpec spec, TrialPlan plan, Broadcast broadcast, CancellationToken cancellation, Func<RunOutcome?>? stopReason)
    {
        var results = new List<TrialResult>();
        var rule = new StopRule(spec.Stop, spec.Load.IsOpen());
        var prepared = await Preparation.OfAsync(spec, connections ?? Connections.Local, time, cancellation);
        foreach (var trial in plan.Trials)
        {
            if (cancellation.IsCancellationRequested)
            {
                break;
            }

            var job = new TrialJob(spec, plan.Cells[trial.Cell], trial, prepared);
            if (rule.Enough(trial.Cell, spec.Repeat) is { } enough)
            {
                var cell = results.Last(result => result.Cell == trial.Cell);
                await broadcast.WriteAsync(new TrialEnded(time.GetUtcNow(), TrialResults.NotStarted(job, cell.Runtime, failure: "", TrialStatus.Skipped) with { Warnings = [enough] }));
                continue;
            }

            await broadcast.WriteAsync(new TrialStarted(time.GetUtcNow(), trial.Index));
            var result = await ExecuteTrialAsync(job, broadcast, cancellation);
            await broadcast.WriteAsync(new TrialEnded(time.GetUtcNow(), result));
            results.Add(result);
            rule.Add(result);
            if (job.Watch?.Broken is { } broken)
            {
                return new RunOutcome(RunStatus.Failed, string.Create(CultureInfo.InvariantCulture, $"Aborted in trial {trial.Index + 1} of {plan.Trials.Count}: {broken}. What was measured until then is kept."));
            }
        }

        return cancellation.IsCancellationRequested
            ? stopReason?.Invoke() ?? new RunOutcome(RunStatus.Cancelled, string.Create(CultureInfo.InvariantCulture, $"Cancelled after {results.Count(result => result.Status == TrialStatus.Completed)} of {plan.Trials.Count} trials."))
            : Judge(results);
    }

    private async Task<TrialResult> ExecuteTrialAsync(TrialJob job, Broadcast broadcast, CancellationToken cancellation)
    {
        try
        {
            return await _trials.ExecuteAsync(job, broadcast.WriteAsync, cancellation);
        }
        catch (Exception exception) when (exception is not RunOutputException and not OutOfMemoryException)
        {
            // One trial that the runner cannot cope with is no reason to lose the others.
            return TrialResults.NotStarted(job, job.Cell.Runtime, $"the runner met an unexpected error: {exception.GetType().Name}: {exception.Message}");
        }
    }

    private static string? MissingProcessors(ExperimentSpec spec)
    {
        var allowed = Affinity.Allowed();
        var missing = (spec.Limits.CpuSet is { } list ? CpuList.TryParse(list) ?? [] : []).Except(allowed).ToList();
        return missing.Count == 0 || allowed.Count == 0
            ? null
            : $"limits.cpuSet asks for {(missing.Count == 1 ? "processor" : "processors")} {CpuList.Format(missing)}, which this machine does not have or does not let the runner use; it may use {CpuList.Format(allowed)}.";
    }

    /// <summary>A run completes when all its trials were executed and one of them, at least, completed.</summary>
    private static RunOutcome Judge(List<TrialResult> results)
    {
        if (results.Exists(result => result.Status == TrialStatus.Completed))
        {
            return new RunOutcome(RunStatus.Completed, "");
        }

        var failures = results.Select(result => result.Failure).Distinct(StringComparer.Ordinal).ToList();
        return new RunOutcome(RunStatus.Failed, failures.Count == 1 ? $"No trial completed: {failures[0]}." : $"No trial completed. The first failed so: {failures.FirstOrDefault()}.");
    }
}
