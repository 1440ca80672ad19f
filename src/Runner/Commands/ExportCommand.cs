using System.CommandLine;
using Brigade.Analysis.Reports;
using Brigade.Runner.Runs;

namespace Brigade.Runner.Commands;

/// <summary><c>brigade export RESULT --as FORMAT</c>: writes a result that was kept as JSON, or a run of a server, in another format.</summary>
internal static class ExportCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("RESULT") { Description = "A result as 'brigade run --json' and the REST API write it, or with --server the id of a run." };
        var format = new Option<string>("--as") { Description = $"The format: {RunExporters.Names}.", HelpName = "FORMAT", Required = true };
        var part = new Option<string?>("--part") { Description = "Of CSV: trials (a row per trial, the default) or cells.", HelpName = "PART" };
        var output = new Option<string?>("--output", "-o") { Description = "The file to write; standard output where absent.", HelpName = "FILE" };
        var server = ServerCommand.Option("Export a run of this server.");
        var command = new Command("export", "Writes a result in another format.") { file, format, part, output, server };
        command.SetAction((parsed, cancellation) => ExportAsync(parsed.GetRequiredValue(file), parsed.GetRequiredValue(format), parsed.GetValue(part), parsed.GetValue(output), parsed.GetValue(server), cancellation));
        return command;
    }

    private static async Task<int> ExportAsync(string file, string format, string? part, string? output, string? server, CancellationToken cancellation)
    {
        if (RunExporters.Find(format) is not { } exporter)
            return await WrongAsync($"brigade: --as: '{format}' is no format. Use one of {RunExporters.Names}.");
        if (part is not null && !exporter.Parts.Contains(part, StringComparer.Ordinal))
            return await WrongAsync($"brigade: --part: '{part}' is no part of {exporter.Name}. {(exporter.Parts.Count == 0 ? "It has none; leave --part out." : $"Use one of {string.Join(", ", exporter.Parts)}.")}");
        if (output is not null && JsonFile.Problem(output) is { } problem)
            return await WrongAsync($"brigade: --output: {problem}");
        if (server is not null)
        {
            return Guid.TryParse(file, out var run)
                ? await ServerCommand.RunAsync(server, async client =>
                    await WriteAsync(await client.TextAsync($"runs/{run}/export?as={exporter.Name}{(part is null ? "" : $"&part={part}")}", cancellation), output))
                : await WrongAsync($"brigade: '{file}' is no id of a run. With --server, name the run by the id that its page's address ends with.");
        }

        var (result, wrong) = await ResultFile.ReadAsync(file, cancellation);
        if (result is null)
            return await WrongAsync($"{file}:{wrong}");
        var report = new RunReport(result);
        return exporter.Problem(report) is { } missing ? await WrongAsync($"brigade: {missing}") : await WriteAsync(exporter.Write(report, part), output);
    }

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
