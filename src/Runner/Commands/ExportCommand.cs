using System.CommandLine;
using System.Text.Json;
using Brigade.Analysis.Reports;
using Brigade.Contracts;
using Brigade.Contracts.Runs;
using Brigade.Runner.Runs;

namespace Brigade.Runner.Commands;

/// <summary><c>brigade export RESULT.json --as FORMAT</c>: writes a result that was kept as JSON in another format.</summary>
internal static class ExportCommand
{
    /// <summary>A result with the histograms of tens of thousands of trials is smaller.</summary>
    private const int MaximumBytes = 256 * 1024 * 1024;

    private const string NoResult = "This is no result of a run as 'brigade run --json' writes it";

    private static readonly JsonSerializerOptions Strict = new(BrigadeJson.Options) { RespectNullableAnnotations = true };

    public static Command Create()
    {
        var file = new Argument<string>("RESULT") { Description = "A result as 'brigade run --json' and the REST API write it." };
        var format = new Option<string>("--as") { Description = $"The format: {RunExporters.Names}.", HelpName = "FORMAT", Required = true };
        var part = new Option<string?>("--part") { Description = "Of CSV: trials (a row per trial, the default) or cells.", HelpName = "PART" };
        var output = new Option<string?>("--output", "-o") { Description = "The file to write; standard output where absent.", HelpName = "FILE" };
        var command = new Command("export", "Writes a result in another format.") { file, format, part, output };
        command.SetAction((parsed, cancellation) => ExportAsync(parsed.GetRequiredValue(file), parsed.GetRequiredValue(format), parsed.GetValue(part), parsed.GetValue(output), cancellation));
        return command;
    }

    private static async Task<int> ExportAsync(string file, string format, string? part, string? output, CancellationToken cancellation)
    {
        if (RunExporters.Find(format) is not { } exporter)
            return await WrongAsync($"brigade: --as: '{format}' is no format. Use one of {RunExporters.Names}.");
        if (part is not null && !exporter.Parts.Contains(part, StringComparer.Ordinal))
            return await WrongAsync($"brigade: --part: '{part}' is no part of {exporter.Name}. {(exporter.Parts.Count == 0 ? "It has none; leave --part out." : $"Use one of {string.Join(", ", exporter.Parts)}.")}");
        if (output is not null && JsonFile.Problem(output) is { } problem)
            return await WrongAsync($"brigade: --output: {problem}");

        var (result, wrong) = await ReadAsync(file, cancellation);
        if (result is null)
            return await WrongAsync($"{file}:{wrong}");
        var report = new RunReport(result);
        return exporter.Problem(report) is { } missing ? await WrongAsync($"brigade: {missing}") : await WriteAsync(exporter.Write(report, part), output);
    }

    private static async Task<(RunResult? Result, string Problem)> ReadAsync(string file, CancellationToken cancellation)
    {
        try
        {
            if (Directory.Exists(file))
                return (null, "1:1: This is a directory; name a file.");
            await using var stream = File.OpenRead(file);
            if (stream.Length > MaximumBytes)
                return (null, FormattableString.Invariant($"1:1: The file is larger than the most that is read, {MaximumBytes >> 20} MiB."));
            return await JsonSerializer.DeserializeAsync<RunResult>(stream, Strict, cancellation) is { } result && IsWhole(result) ? (result, "") : (null, $"1:1: {NoResult}.");
        }
        catch (JsonException exception)
        {
            var place = $"{(exception.LineNumber ?? 0) + 1}:{(exception.BytePositionInLine ?? 0) + 1}";
            return (null, $"{place}: {NoResult}{(exception.Path is { Length: > 1 } path ? $" (at {path})" : "")}.");
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return (null, "1:1: There is no such file.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return (null, $"1:1: The file cannot be read: {exception.Message}");
        }
    }

    /// <summary>Whether everything is there that the others point to; the reader sees to the rest.</summary>
    private static bool IsWhole(RunResult result) =>
        result.Trials.All(row => row is not null) && result.Cells.All(cell => cell is not null) && result.Findings.All(finding => finding is not null)
        && result.Machine.Runtimes.All(runtime => runtime is not null) && result.Thresholds.All(outcome => outcome is not null && outcome.Cell >= 0 && outcome.Cell < result.Cells.Count);

    private static async Task<int> WriteAsync(string text, string? output)
    {
        try
        {
            if (output is null)
                await Console.Out.WriteAsync(text);
            else
                await JsonFile.WriteTextAsync(output, text);
            return ExitCodes.Done;
        }
        catch (Exception exception) when (exception is RunOutputException or IOException)
        {
            await Stderr.TellAsync($"brigade: {exception.Message}");
            return ExitCodes.RunFailed;
        }
    }

    private static async Task<int> WrongAsync(string message)
    {
        await Stderr.TellAsync(message);
        return ExitCodes.Wrong;
    }
}
