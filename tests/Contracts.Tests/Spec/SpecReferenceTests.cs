using System.Globalization;
using System.Runtime.CompilerServices;
using Brigade.Contracts.Spec;

namespace Brigade.Contracts.Tests.Spec;

/// <summary>docs/spec.md, the reference that users read, says what the product does.</summary>
public sealed class SpecReferenceTests
{
    private static readonly string Reference = File.ReadAllText(Path.Combine(Docs(), "spec.md"));

    [Fact]
    public void Reference_Example_IsValid()
    {
        var yaml = Reference.Split("```yaml\n")[1].Split("```")[0];

        Assert.Empty(SpecReader.Read(yaml, SpecFormat.Yaml, SpecOrigin.Request).Errors);
        Assert.True(SpecReader.Read("{ version: 1, name: smallest, workload: { kernel: noop } }", SpecFormat.Yaml).IsValid);
    }

    [Fact]
    public void Reference_Messages_AreThoseOfTheReader()
    {
        const string wrong = "version: 1\nname: a\nworkload: { kernel: cpu.prime }\nmatrix:\n  wokers: [1]\nlimits: { trialTimeout: 60 }\nfaults: [{ kind: crash }]\n";

        var messages = Reference.Split("```\n")[^2].TrimEnd('\n').Split('\n');

        Assert.Equal(messages, SpecReader.Read(wrong, SpecFormat.Yaml).Errors.Select(error => error.ToString()), StringComparer.Ordinal);
    }

    [Fact]
    public void Reference_Kernels_AreThoseOfTheCatalogue()
    {
        foreach (var kernel in KernelCatalogue.All)
        {
            Assert.Contains($"| `{kernel.Name}` | {(kernel.Parameters.Count == 0 ? "" : $"`{kernel.Parameters[0].Name}` ")}|", Reference, StringComparison.Ordinal);
            foreach (var parameter in kernel.Parameters)
            {
                var range = parameter.Choices is { } choices ? string.Join(", ", choices.Select(choice => $"`{choice}`"))
                    : parameter.IsText ? "an absolute http or https address" : string.Create(CultureInfo.InvariantCulture, $"{parameter.Minimum:N0} to {parameter.Maximum:N0}");
                Assert.Contains($"| `{parameter.Name}` | {(parameter.Default is { } value ? value.Text : "required")} | {range} |", Reference, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void Reference_Vocabulary_IsComplete()
    {
        string[] words = [.. EnumName.All<Strategy>(), .. EnumName.All<Channel>(), .. EnumName.All<StartMethod>(), .. EnumName.All<TrialOrder>(), .. Threshold.Metrics];

        Assert.All(words, word => Assert.Contains($"`{word}`", Reference, StringComparison.Ordinal));
    }

    private static string Docs([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../docs"));
}
