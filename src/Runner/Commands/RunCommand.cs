using System.CommandLine;
using Brigade.Runner.Runs;

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

    private static async Task<int> RunAsync(string file, JsonTarget json, int? seed, CancellationToken cancellation) =>
        await LocalRun.StartAsync(await SpecFile.ReadAsync(file, cancellation), json, seed);
}
