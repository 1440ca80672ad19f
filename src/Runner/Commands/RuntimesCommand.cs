using System.CommandLine;
using System.Text.Json;
using Brigade.Contracts;
using Brigade.Contracts.Runs;
using Brigade.Runner.Runtimes;
using Brigade.Runner.Sandbox;

namespace Brigade.Runner.Commands;

/// <summary><c>brigade runtimes</c>: every runtime that a spec can name on this machine.</summary>
internal static class RuntimesCommand
{
    public static Command Create()
    {
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var command = new Command("runtimes", "Lists every runtime found: id, version, GIL, path, and what its plain name means.") { json };
        command.SetAction(async (parsed, cancellation) => Print(Console.Out, await RuntimeFinder.FindAsync(cancellation), parsed.GetValue(json), parsed.GetValue(json) ? "" : SandboxPolicy.Local.Isolation().Text));
        return command;
    }

    /// <param name="isolation">How users' code is kept from the machine, in words.</param>
    internal static int Print(TextWriter output, IReadOnlyList<RuntimeInfo> runtimes, bool asJson, string isolation = "")
    {
        if (asJson)
        {
            output.WriteLine(JsonSerializer.Serialize(runtimes, BrigadeJson.Indented));
            return ExitCodes.Done;
        }

        output.WriteLine($"{"id",-14} {"version",-10} {"GIL",-4} path");
        foreach (var runtime in runtimes)
        {
            var gil = runtime.Gil switch { true => "on", false => "off", null => "-" };
            var note = runtime.IsDefault && !string.Equals(runtime.Id, runtime.Language, StringComparison.Ordinal) ? $"   ({runtime.Language})" : "";
            output.WriteLine($"{runtime.Id,-14} {runtime.Version,-10} {gil,-4} {runtime.Path}{note}");
        }

        if (isolation.Length > 0)
        {
            output.WriteLine($"isolation of users' code: {isolation}");
        }

        return ExitCodes.Done;
    }
}
