using System.Security.Cryptography;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;
using Brigade.Runner.Runs;
using Brigade.Runner.Runtimes;
using Brigade.Runner.Terminal;
using Brigade.Runner.Trials;

namespace Brigade.Runner.Commands;

/// <summary>Where a result goes as JSON.</summary>
/// <param name="Path">Null where no JSON is asked for.</param>
internal sealed record JsonTarget(string? Path, bool WithHistograms = false);

/// <summary>Executes a spec on this machine, with no server, and prints what came out.</summary>
internal static class LocalRun
{
    /// <summary>The exit code: of a spec that cannot be read too, whose errors it prints.</summary>
    /// <param name="seed">In place of the spec's own.</param>
    public static async Task<int> StartAsync(SpecFileReading reading, JsonTarget json, int? seed)
    {
        if (reading.Spec is not { } spec)
        {
            foreach (var error in reading.Errors)
            {
                await Stderr.TellAsync(error);
            }

            return ExitCodes.Wrong;
        }

        if (json is { Path: null, WithHistograms: true })
        {
            await Stderr.TellAsync("brigade: --histograms: They are kept in the JSON; name its file with --json.");
            return ExitCodes.Wrong;
        }

        if (json.Path is not null && JsonFile.Problem(json.Path) is { } problem)
        {
            await Stderr.TellAsync($"brigade: --json: {problem}");
            return ExitCodes.Wrong;
        }

        var console = RunConsole.Create();
        using var interrupts = new Interrupts(() => Console.Error.WriteLine("Cancelling; press Ctrl-C again to end at once."));
        try
        {
            TrialMark.Sweep();
            var machine = await MachineFacts.ReadBeforeRunAsync(new OtherLoad(TimeProvider.System), interrupts.Token);
            return await RunAsync(spec, seed ?? spec.Seed ?? RandomNumberGenerator.GetInt32(1, int.MaxValue), machine, json, console, interrupts.Token);
        }
        catch (OperationCanceledException) when (interrupts.Token.IsCancellationRequested)
        {
            await Stderr.TellAsync("brigade: cancelled before the first trial.");
            return ExitCodes.RunFailed;
        }
    }

    private static async Task<int> RunAsync(ExperimentSpec spec, int seed, Machine machine, JsonTarget json, RunConsole console, CancellationToken cancellation)
    {
        var collected = new ResultOutput(spec);
        var executor = new RunExecutor(new TrialHostCatalogue(machine.Runtimes), TimeProvider.System);
        var outcome = await executor.ExecuteAsync(spec, seed, machine, [collected, console.Progress(spec)], cancellation);
        if (collected.Build() is not { } result)
        {
            await Stderr.TellAsync($"brigade: {outcome.Reason}");
            return ExitCodes.RunFailed;
        }

        // The file first: it must not depend on a terminal that may be gone.
        var written = json.Path is not { } path || await TryWriteAsync(path, json.WithHistograms ? collected.WithHistograms(result) : result);
        written &= await TryReportAsync(console, result) || json.Path is not null;
        if (outcome.Status != RunStatus.Completed)
        {
            await Stderr.TellAsync($"brigade: {outcome.Reason}");
        }

        return outcome.Status != RunStatus.Completed || !written ? ExitCodes.RunFailed
            : result.Thresholds.All(threshold => threshold.Holds) ? ExitCodes.Done
            : ExitCodes.ThresholdFailed;
    }

    private static async Task<bool> TryReportAsync(RunConsole console, RunResult result)
    {
        try
        {
            ClosingReport.Write(console.Out, result);
            return true;
        }
        catch (IOException exception)
        {
            await Stderr.TellAsync($"brigade: the report cannot be printed: {exception.Message}");
            return false;
        }
    }

    private static async Task<bool> TryWriteAsync(string path, RunResult result)
    {
        try
        {
            await JsonFile.WriteAsync(path, result);
            return true;
        }
        catch (RunOutputException exception)
        {
            await Stderr.TellAsync($"brigade: {exception.Message}");
            return false;
        }
    }
}
