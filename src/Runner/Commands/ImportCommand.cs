using System.CommandLine;

namespace Brigade.Runner.Commands;

/// <summary><c>brigade import FILE --server URL</c>: stores results of another tool as a run of a server.</summary>
internal static class ImportCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "What the tool wrote: pytest-benchmark, BenchmarkDotNet, hyperfine, k6 or Locust." };
        var server = ServerCommand.Option("The server that stores it.", required: true);
        var tool = new Option<string?>("--tool") { Description = "The tool: pytest-benchmark, benchmarkdotnet, hyperfine, k6 or locust; recognised where absent.", HelpName = "TOOL" };
        var name = new Option<string?>("--name") { Description = "The experiment that the run belongs to; as the file says, or is called, where absent.", HelpName = "NAME" };
        var at = new Option<string?>("--at") { Description = "When it was measured, where the file does not tell, like 2026-11-24T09:30:00Z.", HelpName = "TIME" };
        var preview = new Option<bool>("--preview") { Description = "Only tell what would be imported." };
        var again = new Option<bool>("--again") { Description = "Import a file that is a run of its experiment already once more." };
        var command = new Command("import", "Stores results of another tool as a run of a server.") { file, server, tool, name, at, preview, again };
        command.SetAction((parsed, cancellation) => ImportAsync(
            parsed.GetRequiredValue(file), parsed.GetValue(server),
            [("tool", parsed.GetValue(tool)), ("name", parsed.GetValue(name)), ("at", parsed.GetValue(at)), ("preview", Flag(parsed.GetValue(preview))), ("again", Flag(parsed.GetValue(again)))],
            cancellation));
        return command;
    }

    private static string? Flag(bool isSet) => isSet ? "true" : null;

    private static Task<int> ImportAsync(string file, string? server, IReadOnlyList<(string Name, string? Value)> query, CancellationToken cancellation) => ServerCommand.RunAsync(server, async client =>
    {
        FileStream stream;
        try
        {
            stream = File.OpenRead(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return await ServerCommand.WrongAsync($"{file} cannot be read: {exception.Message}");
        }

        await using (stream)
        {
            var path = "imports?fileName=" + Uri.EscapeDataString(Path.GetFileName(file)) + string.Concat(query.Where(pair => pair.Value is not null).Select(pair => $"&{pair.Name}={Uri.EscapeDataString(pair.Value!)}"));
            var imported = await client.UploadAsync<Imported>(path, stream, cancellation);
            var what = $"{imported.Name}: {imported.Trials} trials of {imported.Benchmarks.Count} benchmarks from {imported.Source}";
            Console.Out.WriteLine(imported.Id is { } run ? $"{what}: {client.Page($"/runs/{run}")}" : $"{what}; nothing was stored.");
            foreach (var note in imported.Notes)
                Console.Out.WriteLine($"note: {note}");
            return ExitCodes.Done;
        }
    });

    private sealed record Imported(Guid? Id, string Name, string Source, int Trials, IReadOnlyList<string> Benchmarks, IReadOnlyList<string> Notes);
}
