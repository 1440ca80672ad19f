using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Brigade.Contracts;
using Brigade.Contracts.Spec;

namespace Brigade.Runner.Commands;

/// <summary><c>brigade kernels</c>: the built-in workloads and their parameters.</summary>
internal static class KernelsCommand
{
    public static Command Create()
    {
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var command = new Command("kernels", "Lists the built-in workloads with their parameters.") { json };
        command.SetAction(parsed => Print(Console.Out, parsed.GetValue(json)));
        return command;
    }

    private static int Print(TextWriter output, bool asJson)
    {
        if (asJson)
        {
            output.WriteLine(JsonSerializer.Serialize(KernelCatalogue.All, BrigadeJson.Indented));
            return ExitCodes.Done;
        }

        foreach (var kernel in KernelCatalogue.All)
        {
            output.WriteLine($"{kernel.Name,-17} {kernel.Description}");
            foreach (var parameter in kernel.Parameters)
            {
                output.WriteLine($"  {parameter.Name,-18} {Describe(parameter)}");
            }
        }

        return ExitCodes.Done;
    }

    private static string Describe(KernelParameter parameter)
    {
        var range = parameter.Choices is { } choices ? $"{string.Join(", ", choices)}; " : parameter.IsText ? "" : string.Create(CultureInfo.InvariantCulture, $"{parameter.Minimum:0.###} to {parameter.Maximum:0.###}; ");
        return $"{parameter.Description} ({range}{(parameter.Default is { } value ? $"default {value}" : "required")})";
    }
}
