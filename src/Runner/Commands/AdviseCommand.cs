using System.CommandLine;
using Brigade.Contracts.Spec;
using Brigade.Runner.Runs;

namespace Brigade.Runner.Commands;

/// <summary><c>brigade advise FILE</c>: looks for the best way to run a spec's work within a budget, and says which it is.</summary>
internal static class AdviseCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "A spec, as YAML or JSON, whose matrix bounds the candidates; or code, as .py, .cs or .js." };
        var budget = new Option<string?>("--budget") { Description = "Wall-clock time for the search, such as 30s or 2m; the spec's own, else 60s, where absent.", HelpName = "TIME" };
        var json = new Option<string?>("--json") { Description = "Write the result as JSON to this file.", HelpName = "OUT" };
        var seed = new Option<int?>("--seed") { Description = "Seed of the order of trials; the spec's own, else drawn, where absent.", HelpName = "N" };
        var command = new Command("advise", "Looks for the best strategy and number of workers for a spec's work, within a budget.") { file, budget, json, seed, TrustedCode.Option };
        command.SetAction((parsed, cancellation) => AdviseAsync(parsed.GetRequiredValue(file), parsed.GetValue(budget), parsed.GetValue(json), parsed.GetValue(seed), cancellation));
        return command;
    }

    private static async Task<int> AdviseAsync(string path, string? budget, string? json, int? seed, CancellationToken cancellation)
    {
        var time = TimeSpan.Zero;
        if (budget is not null && !Units.TryParseDuration(budget, out time))
        {
            await Stderr.TellAsync($"brigade: --budget: '{budget}' is not a duration; write a number with a unit of ms, s, m or h, for example '60s'.");
            return ExitCodes.Wrong;
        }

        var reading = CheckCommand.Language(path) is { } language ? await TryCommand.OfCodeAsync(path, language, cancellation, asSearch: true) : await SpecFile.ReadAsync(path, cancellation, asSearch: true);
        if (reading.Spec is { Search: { } search } spec && budget is not null)
        {
            spec = spec with { Search = search with { Budget = time } };
            if (SpecValidator.Validate(spec) is { Count: > 0 } errors)
            {
                await Stderr.TellAsync($"brigade: --budget: {errors[0].Message}");
                return ExitCodes.Wrong;
            }

            reading = new SpecFileReading(spec, []);
        }

        return await LocalRun.StartAsync(reading, new JsonTarget(json), seed);
    }
}
