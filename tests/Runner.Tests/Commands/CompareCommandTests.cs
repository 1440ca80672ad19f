using System.Text.Json;
using System.Text.Json.Nodes;
using Brigade.Analysis;
using Brigade.Contracts;
using Brigade.Contracts.Plan;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;
using Brigade.Runner.Tests.Fakes;
using Xunit;

namespace Brigade.Runner.Tests.Commands;

public sealed class CompareCommandTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("brigade-compare-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task Compare_ASlowerResult_Answers1WithTheVerdict()
    {
        Write("a.json", 100);
        Write("b.json", 80);

        var (code, output, errors) = await RunnerProcess.RunAsync("compare a.json b.json --json out.json", _directory.FullName);

        Assert.Equal((1, ""), (code, errors));
        Assert.Contains("slower: python3.11 · threads × 2: The throughput fell by 20 %", output, StringComparison.Ordinal);
        Assert.EndsWith("1 slower, 1 same.\n", output, StringComparison.Ordinal);
        var verdict = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(_directory.FullName, "out.json")))!["cells"]![0]!["verdicts"]![0]!;
        Assert.Equal(("throughput", "slower", 1), ((string)verdict["metric"]!, (string)verdict["verdict"]!, (int)verdict["run"]!));
        Assert.InRange((double)verdict["relativeShift"]!, -0.21, -0.19);
    }

    [Theory]
    [InlineData(100, "2 same.\n")]
    [InlineData(130, "1 faster, 1 same.\n")]
    public async Task Compare_NothingSlower_Answers0(double level, string counts)
    {
        Write("a.json", 100);
        Write("b.json", level);

        var (code, output, _) = await RunnerProcess.RunAsync("compare a.json b.json", _directory.FullName);

        Assert.Equal(0, code);
        Assert.EndsWith(counts, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Compare_HistoryThatVariesAsMuch_IsNoRegression()
    {
        Write("a.json", 100);
        Write("b.json", 90);
        double[] earlier = [100, 112, 95, 108, 93, 110];
        for (var i = 0; i < earlier.Length; i++)
            Write($"h{i}.json", earlier[i]);

        var (code, output, _) = await RunnerProcess.RunAsync("compare a.json b.json --history h0.json h1.json h2.json h3.json h4.json h5.json", _directory.FullName);

        Assert.Equal(0, code);
        Assert.Contains("6 earlier runs", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Compare_HistoryOfAnotherMachine_IsSaid()
    {
        Write("a.json", 100);
        Write("b.json", 100);
        Write("h0.json", 100);
        Write("h1.json", 100, host: "elsewhere", cores: 8);

        var (code, _, errors) = await RunnerProcess.RunAsync("compare a.json b.json --history h0.json h1.json", _directory.FullName);

        Assert.Equal(0, code);
        Assert.Equal("brigade: --history: h1.json was measured on another machine (host elsewhere and not host, 8 cores and not 4), so it tells nothing of how much runs differ on this one; leave it out.\n", errors);
    }

    [Fact]
    public async Task Compare_JsonToStandardOutputThatIsAFile_LeavesBothTexts()
    {
        Write("a.json", 100);
        Write("b.json", 100);

        var (code, _, errors) = await RunnerProcess.RunShellAsync("compare a.json b.json --json /dev/stdout > out.txt", _directory.FullName);

        Assert.Equal((0, ""), (code, errors));
        var text = await File.ReadAllTextAsync(Path.Combine(_directory.FullName, "out.txt"));
        Assert.StartsWith("{\n", text, StringComparison.Ordinal);
        Assert.EndsWith("2 same.\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Compare_BadFiles_Answers2AndSaysWhichAndWhere()
    {
        Write("a.json", 100);
        await File.WriteAllTextAsync(Path.Combine(_directory.FullName, "b.json"), "{ \"name\": 3 }");

        var (code, output, errors) = await RunnerProcess.RunAsync("compare a.json b.json none.json", _directory.FullName);

        Assert.Equal((2, ""), (code, output));
        Assert.StartsWith("b.json:1:", errors, StringComparison.Ordinal);
        Assert.EndsWith("none.json:1:1: There is no such file.\n", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Compare_NoCellInCommon_Answers2()
    {
        Write("a.json", 100);
        Write("b.json", 100, workers: 4);

        var (code, _, errors) = await RunnerProcess.RunAsync("compare a.json b.json", _directory.FullName);

        Assert.Equal((2, "brigade: The runs have no cell in common, so there is nothing to compare.\n"), (code, errors));
    }

    /// <summary>A result of ten repetitions around a level.</summary>
    private void Write(string file, double level, int workers = 2, string host = "host", int cores = 4)
    {
        var spec = new ExperimentSpec { Name = "compared", Workload = new() { Kernel = "noop" }, Repeat = 10 };
        var plan = new TrialPlan(
            [new Cell("python3.11", Strategy.Threads, workers, null, null, null, 0, new Dictionary<string, ParameterValue>(StringComparer.Ordinal))],
            [.. Enumerable.Range(0, 10).Select(index => new PlannedTrial(index, 0, index + 1))], 1, []);
        double[] noise = [0, 1, -1, 0.5, -0.5, 0.2, -0.2, 0.8, -0.8, 0.3];
        var trials = plan.Trials.Select(trial => new TrialResult
        {
            Index = trial.Index,
            Cell = 0,
            Repetition = trial.Repetition,
            Status = TrialStatus.Completed,
            Runtime = "python3.11",
            Tasks = 100,
            WallMs = 1_000,
            CpuUserMs = 1_000,
            ThroughputPerSecond = level * (1 + (noise[trial.Index] / 100)),
            Latency = new Latency { P99Ms = 10 + (noise[trial.Index] / 100) },
            OtherLoad = 0.01,
        }).ToArray();
        var result = ResultBuilder.Build(spec, RunStatus.Completed, new Machine(host, cores, 8L << 30, "Linux", "a processor", "", 0, []), plan, trials);
        File.WriteAllText(Path.Combine(_directory.FullName, file), JsonSerializer.Serialize(result, BrigadeJson.Options));
    }
}
