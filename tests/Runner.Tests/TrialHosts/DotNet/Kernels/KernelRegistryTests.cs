using System.Globalization;
using System.Text.Json;
using Brigade.Contracts.Spec;
using Brigade.Runner.Protocol;
using Brigade.Runner.TrialHosts.DotNet.Kernels;
using Xunit;

namespace Brigade.Runner.Tests.TrialHosts.DotNet.Kernels;

public sealed class KernelRegistryTests
{
    /// <summary>The table that the hosts of all runtimes are checked with.</summary>
    public static TheoryData<string, string, long, string> KnownAnswers
    {
        get
        {
            var data = new TheoryData<string, string, long, string>();
            using var answers = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "kernel-answers.json")));
            foreach (var answer in answers.RootElement.EnumerateArray())
            {
                data.Add(answer.GetProperty("kernel").GetString()!, answer.GetProperty("params").GetRawText(), answer.GetProperty("index").GetInt64(), answer.GetProperty("result").GetString()!);
            }

            return data;
        }
    }

    [Fact]
    public void All_Always_HasEveryKernelOfTheCatalogue() =>
        Assert.Equal(KernelCatalogue.All.Select(kernel => kernel.Name).Order(StringComparer.Ordinal), KernelRegistry.All.Keys.Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(KnownAnswers))]
    public void Run_KnownAnswer_GivesIt(string kernel, string parameters, long index, string expected)
    {
        var scratch = Directory.CreateTempSubdirectory("brigade-");
        try
        {
            var values = JsonSerializer.Deserialize<Dictionary<string, ParameterValue>>(parameters)!;

            var settings = new KernelSettings(kernel, values, scratch.FullName, 0);
            using var fixture = KernelRegistry.Fixtures.GetValueOrDefault(kernel)?.Invoke(settings, Request(kernel, values, scratch.FullName));

            var instance = KernelRegistry.All[kernel](settings);
            using var ownsProcess = instance as IDisposable;

            var result = instance.Run(index);

            Assert.Equal(expected, result.ToString("x16", CultureInfo.InvariantCulture));
        }
        finally
        {
            scratch.Delete(recursive: true);
        }
    }

    private static TrialRequest Request(string kernel, Dictionary<string, ParameterValue> values, string scratch) => new()
    {
        Workload = new TrialWorkload { Kernel = kernel, Params = values },
        Strategy = Strategy.Threads,
        Workers = 1,
        Load = new TrialLoad { Tasks = 1 },
        Warmup = new TrialLoad { Tasks = 0 },
        Scratch = scratch,
    };
}
