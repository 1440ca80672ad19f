using System.CommandLine;
using System.Security.Cryptography;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;
using Brigade.Runner.Runs;
using Brigade.Runner.Runtimes;
using Brigade.Runner.Terminal;
using Brigade.Runner.Trials;

namespace Brigade.Runner.Commands;

/// <summary><c>brigade run FILE</c>: runs a spec on this machine, with no server.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "The spec, as YAML or JSON." };
        var json = new Option<string?>("--json") { Description = "Write the result as JSON to this file.", HelpName = "OUT" };
        var seed = new Option<int?>("--seed") { Description = "Seed of the order of trials; the spec's own, else drawn, where absent.", HelpName = "N" };
        var histograms = new Option<bool>("--histograms") { Description = "With --json: keep the trials' latency histograms in it, which 'brigade export --as hlog' needs." };
        var command = new Command("run", "Runs a spec on this machine and prints the result.") { file, json, seed, histograms };
        command.SetAction((parsed, cancellation) => RunAsync(parsed.GetRequiredValue(file), new JsonTarget(parsed.GetValue(json), parsed.GetValue(histograms)), parsed.GetValue(seed), cancellation));
        return command;
    }

    /// <param name="Path">Null where no JSON is asked for.</param>
    private readonly record struct JsonTarget(string? Path, bool WithHistograms);

    private static async Task<int> RunAsync(string file, JsonTarget json, int? seed, CancellationToken cancellation)
    {
        var reading = await SpecFile.ReadAsync(file, cancellation);
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
