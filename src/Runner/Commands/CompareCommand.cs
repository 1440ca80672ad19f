using System.CommandLine;
using System.Globalization;
using Brigade.Analysis.Comparing;
using Brigade.Contracts.Runs;
using Brigade.Runner.Remote;
using Brigade.Runner.Runs;
using Brigade.Runner.Terminal;

namespace Brigade.Runner.Commands;

/// <summary><c>brigade compare A B</c>: whether runs differ, cell by cell; results in files, or runs of a server.</summary>
internal static class CompareCommand
{
    public static Command Create()
    {
        var files = new Argument<string[]>("RESULTS") { Description = "Results as 'brigade run --json' writes them, or with --server the ids of runs; the first is the base.", Arity = new ArgumentArity(2, 20) };
        var history = new Option<string[]>("--history") { Description = "Results of earlier runs on the same machine, oldest first: they tell how much runs differ without a change.", HelpName = "FILES", AllowMultipleArgumentsPerToken = true };
        var json = new Option<string?>("--json") { Description = "Write the comparison as JSON to this file.", HelpName = "OUT" };
        var server = ServerCommand.Option("Compare runs of this server.");
        var command = new Command("compare", "Compares results cell by cell; the exit code is 1 where something became slower.") { files, history, json, server };
        command.SetAction((parsed, cancellation) => parsed.GetValue(server) is { } address
            ? CompareAsync(address, parsed.GetRequiredValue(files), parsed.GetValue(history) ?? [], parsed.GetValue(json), cancellation)
            : CompareAsync(parsed.GetRequiredValue(files), parsed.GetValue(history) ?? [], parsed.GetValue(json), cancellation));
        return command;
    }

    private static async Task<int> CompareAsync(string server, string[] runs, string[] history, string? json, CancellationToken cancellation)
    {
        if (history.Length > 0)
            return await ServerCommand.WrongAsync("--history: The server knows the earlier runs; leave it out.");
        if (Array.Find(runs, run => !Guid.TryParse(run, out _)) is { } wrong)
            return await ServerCommand.WrongAsync($"'{wrong}' is no id of a run. With --server, name runs by the ids that their pages' addresses end with.");
        if (json is not null && JsonFile.Problem(json) is { } problem)
            return await ServerCommand.WrongAsync($"--json: {problem}");
        return await ServerCommand.RunAsync(server, client => RemoteComparison.ShowAsync(client, $"comparisons?runs={string.Join(',', runs)}", RunConsole.Create(), json, cancellation));
    }

    private static async Task<int> CompareAsync(string[] files, string[] history, string? json, CancellationToken cancellation)
    {
        if (json is not null && JsonFile.Problem(json) is { } problem)
        {
            await Stderr.TellAsync($"brigade: --json: {problem}");
            return ExitCodes.Wrong;
        }

        var runs = await ReadAsync(files, cancellation);
        var earlier = await ReadAsync(history, cancellation);
        if (runs is null || earlier is null)
            return ExitCodes.Wrong;

        foreach (var (file, result) in earlier)
        {
            if (OtherMachine(runs[0].Result.Machine, result.Machine) is { Length: > 0 } differs)
                await Stderr.TellAsync($"brigade: --history: {file} was measured on another machine ({differs}), so it tells nothing of how much runs differ on this one; leave it out.");
        }

        var rules = new ComparisonRules { EarlierMedians = earlier.Count == 0 ? null : EarlierRuns.Medians([.. earlier.Select(run => run.Result)]) };
        var comparison = RunComparer.Compare(runs, rules);
        if (comparison.Cells.Count == 0)
        {
            await Stderr.TellAsync($"brigade: {comparison.Differences[0].Text}");
            return ExitCodes.Wrong;
        }

        try
        {
            if (json is not null)
                await JsonFile.WriteAsync(json, comparison);
            ComparisonReport.Write(RunConsole.Create().Out, comparison);
        }
        catch (Exception exception) when (exception is RunOutputException or IOException)
        {
            await Stderr.TellAsync($"brigade: {exception.Message}");
            return ExitCodes.RunFailed;
        }
        return comparison.Cells.Any(cell => cell.Verdicts.Any(verdict => verdict.Verdict == Verdict.Slower)) ? ExitCodes.ThresholdFailed : ExitCodes.Done;
    }

    /// <summary>In what a machine is not the base's; empty where it is the same.</summary>
    private static string OtherMachine(Machine here, Machine other) => string.Join(", ", new[]
    {
        string.Equals(here.Host, other.Host, StringComparison.Ordinal) ? "" : $"host {Known(other.Host)} and not {Known(here.Host)}",
        string.Equals(here.Cpu, other.Cpu, StringComparison.Ordinal) ? "" : $"processor {Known(other.Cpu)} and not {Known(here.Cpu)}",
        here.Cores == other.Cores ? "" : string.Create(CultureInfo.InvariantCulture, $"{other.Cores} cores and not {here.Cores}"),
    }.Where(part => part.Length > 0));

    private static string Known(string fact) => fact.Length > 0 ? fact : "unknown";

    /// <summary>All results by their file's name; null where one of them cannot be read, which is told.</summary>
    private static async Task<IReadOnlyList<(string Id, RunResult Result)>?> ReadAsync(string[] files, CancellationToken cancellation)
    {
        var results = new List<(string, RunResult)>();
        foreach (var file in files)
        {
            var (result, problem) = await ResultFile.ReadAsync(file, cancellation);
            if (result is not null)
                results.Add((file, result));
            else
                await Stderr.TellAsync($"{file}:{problem}");
        }
        return results.Count == files.Length ? results : null;
    }
}
