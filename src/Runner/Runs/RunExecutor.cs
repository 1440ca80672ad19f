using System.Globalization;
using Brigade.Contracts.Messages;
using Brigade.Contracts.Plan;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;
using Brigade.Runner.Sandbox;
using Brigade.Runner.Trials;

namespace Brigade.Runner.Runs;

/// <summary>How a run ended.</summary>
/// <param name="Reason">Why it did not complete; empty where it did.</param>
internal sealed record RunOutcome(RunStatus Status, string Reason);

/// <summary>Executes a run: expands the spec, executes its trials one after the other and tells the outputs.</summary>
/// <param name="means">What the run may use; what the command line may where absent.</param>
/// <param name="policy">What trials run in; that of the command line where absent.</param>
internal sealed class RunExecutor(ITrialHosts hosts, TimeProvider time, RunMeans? means = null, SandboxPolicy? policy = null)
{
    private readonly TrialExecutor _trials = new(hosts, time, policy: policy);

    /// <summary>Executes a valid spec. Does not throw for anything that goes wrong in the run: the outcome says it, and so does the last event.</summary>
    /// <param name="stopReason">Says, when <paramref name="cancellation"/> fires, how the run ends; cancelled by the user where null.</param>
    public async Task<RunOutcome> ExecuteAsync(
        ExperimentSpec spec, int seed, Machine machine, IReadOnlyList<IRunOutput> outputs, CancellationToken cancellation, Func<RunOutcome?>? stopReason = null)
    {
        var broadcast = new Broadcast(outputs);
        RunOutcome outcome;
        try
        {
            (spec, var folded) = FoldRuntimes(spec);
            var filled = SearchSpace.Fill(spec, machine);
            var plan = TrialPlanner.Expand(filled, seed);
            plan = plan with { Notes = [.. folded, .. plan.Notes] };
            ISchedule schedule = spec.Search is null ? new BlockSchedule(spec, plan) : new SearchSchedule(spec, plan, machine);
            await broadcast.WriteAsync(new RunStarted(time.GetUtcNow(), machine, plan));
            outcome = MissingProcessors(spec) is { } missing ? new RunOutcome(RunStatus.Failed, missing) : await ExecuteTrialsAsync(filled, plan, schedule, broadcast, cancellation, stopReason);
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

    /// <param name="spec">With all lists of its matrix.</param>
    private async Task<RunOutcome> ExecuteTrialsAsync(ExperimentSpec spec, TrialPlan plan, ISchedule schedule, Broadcast broadcast, CancellationToken cancellation, Func<RunOutcome?>? stopReason)
    {
        var began = time.GetTimestamp();
        var results = new List<TrialResult>();
        var prepared = await Preparation.OfAsync(spec, means ?? RunMeans.Local, time, cancellation);
        while (!cancellation.IsCancellationRequested && schedule.Next(time.GetElapsedTime(began)) is { } step)
        {
            var cell = plan.Cells[step.Trial.Cell];
            if (step is not ExecuteStep execute)
            {
                var skipped = TrialResults.NotStarted(new TrialJob(spec, cell, step.Trial, prepared), IdOf(cell.Runtime), failure: "", TrialStatus.Skipped);
                await broadcast.WriteAsync(new TrialEnded(time.GetUtcNow(), skipped with { Warnings = [((LeaveOutStep)step).Reason] }));
                continue;
            }

            var job = new TrialJob(execute.Spec, cell, step.Trial, prepared);
            await broadcast.WriteAsync(new TrialStarted(time.GetUtcNow(), step.Trial.Index));
            var started = time.GetTimestamp();
            var result = await ExecuteTrialAsync(job, broadcast, cancellation);
            schedule.Add(result, time.GetElapsedTime(started));
            await broadcast.WriteAsync(new TrialEnded(time.GetUtcNow(), result));
            results.Add(result);
            if (job.Watch?.Broken is { } broken)
            {
                return new RunOutcome(RunStatus.Failed, string.Create(CultureInfo.InvariantCulture, $"Aborted in trial {step.Trial.Index + 1} of {plan.Trials.Count}: {broken}. What was measured until then is kept."));
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
            return TrialResults.NotStarted(job, IdOf(job.Cell.Runtime), $"the runner met an unexpected error: {exception.GetType().Name}: {exception.Message}");
        }
    }

    /// <summary>The id of the runtime that a spec's name means here; the name itself where there is none.</summary>
    private string IdOf(string runtime) => hosts.Resolve(runtime)?.Id ?? runtime;

    /// <summary>Names that mean one runtime here, such as <c>python</c> and <c>python3.11</c>, are one: they would be the same cells twice.</summary>
    private (ExperimentSpec Spec, IReadOnlyList<string> Notes) FoldRuntimes(ExperimentSpec spec)
    {
        var names = spec.Matrix.Runtime.Distinct(StringComparer.Ordinal).ToLookup(IdOf, StringComparer.Ordinal);
        var runtimes = names.Select(same => same.First()).ToList();
        return (
            spec with { Matrix = spec.Matrix with { Runtime = runtimes } },
            [.. names.Where(same => same.Skip(1).Any()).Select(same => $"The runtimes {string.Join(" and ", same)} are the same on this machine, {same.Key}, which is measured once.")]);
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
