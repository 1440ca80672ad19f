using Brigade.Contracts.Messages;
using Brigade.Contracts.Plan;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;
using Brigade.Runner.Protocol;
using Brigade.Runner.Sandbox;
using Brigade.Runner.Trials;

namespace Brigade.Runner.Code;

/// <summary>Runs exactly one task of a spec in a process of its own and tells what it did: its result, time, error and output.</summary>
/// <param name="means">What the task may use; what the command line may where absent.</param>
/// <param name="policy">What the task runs in; that of the command line where absent.</param>
internal sealed class TaskTrier(Func<CancellationToken, Task<ITrialHosts>> hosts, TimeProvider time, RunMeans? means = null, SandboxPolicy? policy = null)
{
    /// <summary>Tries a task. Whatever goes wrong is in the reply.</summary>
    public async Task<TryReply> TryAsync(TryRequest request, CancellationToken cancellation)
    {
        var reading = SpecReader.Read(request.Spec, SpecFormat.Json, SpecOrigin.Request);
        return reading.Spec is { } spec && reading.IsValid
            ? await TryAsync(spec, request.Runtime, means ?? RunMeans.Of(RunOrder.Read(request.Order)), cancellation)
            : TryReply.Refused(reading.Errors.Count > 0 ? reading.Errors[0].ToString() : "The spec cannot be read.", string.Join('\n', reading.Errors));
    }

    /// <summary>Tries a task of a valid spec.</summary>
    /// <param name="runtime">In place of the spec's first one that can run the workload; empty for that.</param>
    public Task<TryReply> TryAsync(ExperimentSpec spec, string runtime, CancellationToken cancellation) => TryAsync(spec, runtime, means ?? RunMeans.Local, cancellation);

    private async Task<TryReply> TryAsync(ExperimentSpec spec, string runtime, RunMeans given, CancellationToken cancellation)
    {
        if (!string.IsNullOrEmpty(runtime) && !RuntimeNames.CanRun(spec.Workload, runtime))
        {
            return TryReply.Refused($"the workload does not run on {runtime}");
        }

        var single = Single(SearchSpace.Fill(spec), runtime);
        var prepared = await Preparation.OfAsync(single, given, time, cancellation);
        var (output, done) = ("", (DonePayload?)null);
        var executor = new TrialExecutor(await hosts(cancellation), time, (stderr, payload) => (output, done) = (stderr, payload), policy);
        var plan = TrialPlanner.Expand(single, seed: 1);
        var result = await executor.ExecuteAsync(new TrialJob(single, plan.Cells[0], plan.Trials[0], prepared, IsTry: true), _ => ValueTask.CompletedTask, cancellation);
        var error = result.Failure.Length > 0 ? result.Failure : result.TaskErrors.Select(found => found.Message).FirstOrDefault() ?? "";
        return new TryReply(
            result.Runtime,
            error.Length > 0 ? "" : done?.Result ?? Number(result),
            result.Latency.MaxMs ?? 0,
            result.StartupMs,
            error,
            result.TaskErrors.Select(found => found.Traceback).FirstOrDefault() ?? "",
            output,
            [.. result.Warnings.Where(warning => !warning.Contains("just-in-time", StringComparison.Ordinal))]);
    }

    /// <summary>The same workload as one task of one cell, in the process that hosts the trial: its first coroutine, or its main thread.</summary>
    private static ExperimentSpec Single(ExperimentSpec spec, string runtime) => spec with
    {
        Matrix = new MatrixSpec
        {
            Runtime = [string.IsNullOrEmpty(runtime) ? spec.Matrix.Runtime.First(name => RuntimeNames.CanRun(spec.Workload, name)) : runtime],
            Strategy = [spec.Matrix.Strategy[0] == Strategy.Async ? Strategy.Async : Strategy.Sequential],
            Workers = [1],
            Params = spec.Matrix.Params.ToDictionary(pair => pair.Key, IReadOnlyList<ParameterValue> (pair) => [pair.Value[0]], StringComparer.Ordinal),
        },
        Search = null,
        Load = new LoadSpec { Tasks = 1 },
        Warmup = new WarmupSpec { Tasks = 0 },
        Repeat = 1,
        Faults = [],
        Thresholds = [],
    };

    /// <summary>What a host that has no text for the result put into the checksum of its only task.</summary>
    private static string Number(TrialResult result) =>
        ulong.TryParse(result.Checksum, System.Globalization.NumberStyles.HexNumber, System.Globalization.CultureInfo.InvariantCulture, out var number) ? FormattableString.Invariant($"{number}") : "";
}
