using System.Diagnostics;
using System.Text.Json;
using Brigade.Contracts.Spec;
using Brigade.Runner.Runtimes;
using Xunit;

namespace Brigade.Runner.Tests.TrialHosts.Node.Kernels;

public sealed class NodeKernelTests
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    [Fact]
    public void Kernels_OfTheHost_AreThoseOfTheCatalogue()
    {
        var files = Directory.GetFiles(HostFiles.PathOf("node", "kernels"), "*.mjs").Select(Path.GetFileNameWithoutExtension).Where(name => name is not "index");

        Assert.Equal(RuntimeCatalogue.Node.Kernels!.Order(StringComparer.Ordinal), files.Select(NameOf).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Run_KnownAnswers_GivesThem()
    {
        var answers = Path.Combine(AppContext.BaseDirectory, "kernel-answers.json");
        var expected = JsonSerializer.Deserialize<List<Answer>>(await File.ReadAllTextAsync(answers, TestContext.Current.CancellationToken), Json)!;

        var given = await RunAsync(answers);

        Assert.Equal(expected.Count, given.Count);
        foreach (var (wanted, got) in expected.Zip(given).Where(pair => RuntimeCatalogue.Node.Kernels!.Contains(pair.First.Kernel, StringComparer.Ordinal)))
        {
            Assert.NotEmpty(got.Results);
            Assert.All(got.Results, result => Assert.Equal((wanted.Kernel, wanted.Index, wanted.Result), (got.Kernel, wanted.Index, result)));
        }
    }

    private static string NameOf(string? file) => file!.IndexOf('-', StringComparison.Ordinal) is var dash and >= 0 ? $"{file[..dash]}.{file[(dash + 1)..]}" : file;

    private static async Task<List<Given>> RunAsync(string answers)
    {
        var node = (await RuntimeFinder.FindAsync(TestContext.Current.CancellationToken)).First(runtime => runtime is { Language: "node", IsDefault: true });
        var scratch = Directory.CreateTempSubdirectory("brigade-");
        try
        {
            var script = Path.Combine(AppContext.BaseDirectory, "TrialHosts", "Node", "Kernels", "run-kernels.mjs");
            using var process = Process.Start(new ProcessStartInfo(node.Path, [script, HostFiles.PathOf("node"), answers, scratch.FullName]) { UseShellExecute = false, RedirectStandardOutput = true })!;
            var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            return JsonSerializer.Deserialize<List<Given>>(output, Json)!;
        }
        finally
        {
            scratch.Delete(recursive: true);
        }
    }

    private sealed record Answer(string Kernel, long Index, string Result);

    private sealed record Given(string Kernel, IReadOnlyList<string> Results);
}
