using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Brigade.Contracts;
using Brigade.Contracts.Messages;
using Brigade.Contracts.Spec;
using Brigade.Runner.Code;
using Brigade.Runner.Runs;
using Brigade.Runner.Runtimes;
using Brigade.Runner.Trials;

namespace Brigade.Runner.Commands;

/// <summary><c>brigade try FILE</c>: runs one task and tells what it did.</summary>
internal static class TryCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "A spec, as YAML or JSON, or code, as .py, .cs or .js." };
        var runtime = new Option<string?>("--runtime") { Description = "The runtime; the spec's first one where absent.", HelpName = "ID" };
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var command = new Command("try", "Runs exactly one task and prints its result, time, error and output.") { file, runtime, json, TrustedCode.Option };
        command.SetAction((parsed, cancellation) => TryAsync(parsed.GetRequiredValue(file), parsed.GetValue(runtime) ?? "", parsed.GetValue(json), cancellation));
        return command;
    }

    private static async Task<int> TryAsync(string path, string runtime, bool asJson, CancellationToken cancellation)
    {
        var reading = CheckCommand.Language(path) is { } language ? await OfCodeAsync(path, language, cancellation) : await SpecFile.ReadAsync(path, cancellation);
        if (reading.Spec is not { } spec)
        {
            foreach (var error in reading.Errors)
            {
                await Stderr.TellAsync(error);
            }

            return ExitCodes.Wrong;
        }

        TrialMark.Sweep();
        using var interrupts = new Interrupts(() => Console.Error.WriteLine("Cancelling; press Ctrl-C again to end at once."));
        var trier = new TaskTrier(async token => new TrialHostCatalogue(await RuntimeFinder.FindAsync(token)), TimeProvider.System);
        var reply = await trier.TryAsync(spec, runtime, interrupts.Token);
        Print(Console.Out, reply, asJson);
        return reply.Error.Length == 0 ? ExitCodes.Done : ExitCodes.RunFailed;
    }

    /// <summary>A spec around a file of code.</summary>
    /// <param name="asSearch">Whether it is a search.</param>
    internal static async Task<SpecFileReading> OfCodeAsync(string path, string language, CancellationToken cancellation, bool asSearch = false)
    {
        var (source, problem) = await SpecFile.TextAsync(path, SpecFile.MaximumCodeBytes, cancellation);
        if (source is null)
        {
            return new SpecFileReading(null, [$"{path}:1:1: {problem}"]);
        }

        var spec = new ExperimentSpec
        {
            Name = asSearch ? "advise" : "try",
            Workload = new WorkloadSpec { Code = new CodeSpec { Language = language, File = Path.GetFileName(path), Source = source } },
            Matrix = (asSearch ? SearchSpec.OpenMatrix() : new MatrixSpec()) with { Runtime = [RuntimeCatalogue.OfLanguage(language)!.Name] },
            Search = asSearch ? new SearchSpec() : null,
        };
        var errors = SpecValidator.Validate(spec);
        return errors.Count == 0 ? new SpecFileReading(spec, []) : new SpecFileReading(null, [.. errors.Select(error => $"{path}:1:1: {error.Message}")]);
    }

    private static void Print(TextWriter output, TryReply reply, bool asJson)
    {
        if (asJson)
        {
            output.WriteLine(JsonSerializer.Serialize(reply, BrigadeJson.Indented));
            return;
        }

        if (reply.Output.Length > 0)
        {
            output.WriteLine(reply.Output.TrimEnd());
        }

        foreach (var warning in reply.Warnings)
        {
            output.WriteLine($"note: {warning}");
        }

        if (reply.Error.Length > 0)
        {
            output.WriteLine($"error: {reply.Error}{(reply.Detail.Length > 0 ? "\n" + reply.Detail.TrimEnd() : "")}");
        }
        else
        {
            output.WriteLine($"result: {reply.Result}");
        }

        if (reply.Milliseconds > 0)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{reply.Milliseconds:0.###} ms on {reply.Runtime}, up in {reply.StartupMs:0} ms"));
        }
    }
}
