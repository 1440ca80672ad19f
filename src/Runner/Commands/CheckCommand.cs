using System.CommandLine;
using Brigade.Contracts.Messages;
using Brigade.Contracts.Spec;
using Brigade.Runner.Code;
using Brigade.Runner.Code.CSharp;
using Brigade.Runner.Runs;
using Brigade.Runner.Runtimes;

namespace Brigade.Runner.Commands;

/// <summary><c>brigade check FILE</c>: looks at a spec, or at code, without running anything of it.</summary>
internal static class CheckCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "A spec, as YAML or JSON, or code, as .py, .cs or .js." };
        var runtime = new Option<string?>("--runtime") { Description = "Whose rules count for Python code; python where absent.", HelpName = "ID" };
        var command = new Command("check", "Checks a spec and the code in it, or a file of code, without running anything.") { file, runtime };
        command.SetAction((parsed, cancellation) => CheckAsync(parsed.GetRequiredValue(file), parsed.GetValue(runtime) ?? "", cancellation));
        return command;
    }

    private static async Task<int> CheckAsync(string path, string runtime, CancellationToken cancellation)
    {
        var (code, errors) = await ReadAsync(path, cancellation);
        foreach (var error in errors)
        {
            await Stderr.TellAsync(error);
        }

        if (errors.Count > 0)
        {
            return ExitCodes.Wrong;
        }

        if (code is null)
        {
            Console.Out.WriteLine($"{path}: good.");
            return ExitCodes.Done;
        }

        await using var compiler = new CompilerProcess(TimeProvider.System);
        var checker = new CodeChecker(async token => new TrialHostCatalogue(await RuntimeFinder.FindAsync(token)), compiler, TimeProvider.System);
        var file = code.File ?? CodeChecker.DefaultFile(code.Language);
        var reply = await checker.CheckAsync(new CodeCheckRequest(code.Language, file, code.Source ?? "", runtime), cancellation);
        foreach (var problem in reply.Problems)
        {
            await Stderr.TellAsync(CodeChecker.Line(file, problem));
        }

        if (reply.Failure.Length > 0)
        {
            await Stderr.TellAsync($"brigade: {reply.Failure}");
        }
        else if (reply.IsGood())
        {
            Console.Out.WriteLine($"{path}: good.");
        }

        return reply.IsGood() ? ExitCodes.Done : ExitCodes.Wrong;
    }

    private static async Task<(CodeSpec? Code, IReadOnlyList<string> Errors)> ReadAsync(string path, CancellationToken cancellation)
    {
        if (Language(path) is { } language)
        {
            var (source, problem) = await SpecFile.TextAsync(path, SpecFile.MaximumCodeBytes, cancellation);
            return source is null ? (null, [$"{path}:1:1: {problem}"]) : (new CodeSpec { Language = language, File = Path.GetFileName(path), Source = source }, []);
        }

        var reading = await SpecFile.ReadAsync(path, cancellation);
        return (reading.Spec?.Workload.Code, reading.Errors);
    }

    /// <summary>The language of a file of code; null for anything else.</summary>
    public static string? Language(string path) => RuntimeCatalogue.OfFile(path)?.CodeLanguage;
}
