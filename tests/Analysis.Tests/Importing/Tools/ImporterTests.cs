using Brigade.Analysis.Importing;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;
using Xunit;

namespace Brigade.Analysis.Tests.Importing.Tools;

/// <summary>What each tool's file becomes.</summary>
public sealed class ImporterTests
{
    [Fact]
    public void Hyperfine_RealFile_HasATrialPerRun()
    {
        var run = Fixture.Run("hyperfine.json");

        Assert.Equal("hyperfine", run.Spec.Name);
        Assert.Equal(["sleep 0.01", "sleep 0.02"], run.Plan.Cells.Select(cell => cell.Params[ImportNames.Parameter].Text));
        Assert.Equal(ParameterValue.Of(1L), run.Plan.Cells[0].Params["n"]);
        Assert.Equal(16, run.Trials.Count);
        Assert.Equal((1L, 0L, 11.786704), (run.Trials[0].Tasks, run.Trials[0].Errors, Math.Round(run.Trials[0].WallMs, 6)));
        Assert.Equal(1.36375, run.Trials[0].CpuUserMs, 5);
    }

    [Fact]
    public void Hyperfine_ExitCode_IsAnError()
    {
        var run = Fixture.Read("""{"results":[{"command":"x","times":[1,1],"exit_codes":[0,3]}]}""").Run!;

        Assert.Equal([0L, 1L], run.Trials.Select(trial => trial.Errors));
        Assert.Equal([1.0, 0], run.Trials.Select(trial => trial.ThroughputPerSecond));
    }

    [Fact]
    public void Hyperfine_SummaryOnly_IsOneTrialWithoutHighPercentiles()
    {
        var trial = Assert.Single(Fixture.Read("""{"results":[{"command":"x","mean":0.5,"median":0.4,"max":0.9}]}""").Run!.Trials);

        Assert.Equal((2.0, 400.0, 900.0, (double?)null), (trial.ThroughputPerSecond, trial.Latency.P50Ms, trial.Latency.MaxMs, trial.Latency.P99Ms));
    }

    [Fact]
    public void PytestBenchmark_RealFile_CountsIterationsAndKeepsTheVersionOutOfTheCell()
    {
        var run = Fixture.Run("pytest-benchmark.json");

        Assert.Equal(["test_sorts.py::test_sort[100]", "test_sorts.py::test_sort[1000]", "test_sorts.py::test_sum"], run.Plan.Cells.Select(cell => cell.Params[ImportNames.Parameter].Text));
        Assert.Equal((12, 600L), (run.Trials.Count(trial => trial.Cell == 0), run.Trials.Where(trial => trial.Cell == 0).Sum(trial => trial.Tasks)));
        Assert.Equal(("python", "python3.11"), (run.Plan.Cells[0].Runtime, run.Trials[0].Runtime));
        Assert.Equal(("bench-1", "AMD EPYC", "Linux 6.1.0-18-amd64", "3.11.7"), (run.Machine.Host, run.Machine.Cpu, run.Machine.Os, run.Machine.Runtimes[0].Version));
        Assert.Equal(2026, run.MeasuredAt!.Value.Year);
        Assert.Equal(1000 / 1.908639969769865e-3, run.Trials[0].ThroughputPerSecond, 3);
    }

    [Fact]
    public void PytestBenchmark_WithoutData_IsOneTrialWithItsSummary()
    {
        var run = Fixture.Read("""{"machine_info":{},"benchmarks":[{"name":"t","stats":{"mean":0.002,"median":0.001,"max":0.01,"rounds":7,"iterations":3}}]}""").Run!;

        var trial = Assert.Single(run.Trials);
        Assert.Equal((21L, 500.0, 1.0, 10.0), (trial.Tasks, trial.ThroughputPerSecond, trial.Latency.P50Ms, trial.Latency.MaxMs));
    }

    [Fact]
    public void BenchmarkDotNet_Full_TakesTheResultsOfWorkloadIterations()
    {
        var run = Fixture.Run("benchmarkdotnet-full.json");

        Assert.Equal("Sorting.Sorts", run.Spec.Name);
        Assert.Equal(new DateTimeOffset(2026, 11, 24, 10, 15, 30, TimeSpan.Zero), run.MeasuredAt);
        var quick = run.Plan.Cells[0];
        Assert.Equal(("Sorts.Quick", "10", "Runtime=.NET 10.0"), (quick.Params[ImportNames.Parameter].Text, quick.Params["N"].Text, quick.Params["job"].Text));
        var trials = run.Trials.Where(trial => trial.Cell == 0).ToList();
        Assert.Equal([0.1005, 0.1015, 0.0995], trials.Select(trial => Math.Round(trial.WallMs, 6)));
        Assert.All(trials, trial => Assert.Equal((1_000L, 64.0), (trial.Tasks, trial.Figures["allocatedBytes"])));
        Assert.Equal((4, "An 8-bit abacus 2.00GHz"), (run.Machine.Cores, run.Machine.Cpu));
    }

    [Fact]
    public void BenchmarkDotNet_BenchmarkWithoutResult_IsAFailedTrial()
    {
        var trial = Fixture.Run("benchmarkdotnet-full.json").Trials.Single(trial => trial.Cell == 1);

        Assert.Equal((TrialStatus.Failed, "BenchmarkDotNet has no result of this benchmark."), (trial.Status, trial.Failure));
    }

    [Fact]
    public void BenchmarkDotNet_Brief_HasATrialPerValueAndANote()
    {
        var run = Fixture.Run("benchmarkdotnet-brief.json");

        Assert.Equal([200e-6, 220e-6], run.Trials.Select(trial => Math.Round(trial.Latency.P50Ms!.Value, 9)));
        Assert.Equal("An 8-bit abacus", run.Machine.Cpu);
        Assert.Contains(run.Plan.Notes, note => note.Contains("brief", StringComparison.Ordinal));
        Assert.False(run.Plan.Cells[0].Params.ContainsKey("job"));
    }

    [Theory]
    [InlineData("k6-summary-export.json", 2, 100.0, null)]
    [InlineData("k6-handle-summary.json", 1, 99.995, 120.0)]
    public void K6_BothForms_HaveRequestsWithTheirErrors(string file, int cells, double rate, double? p99)
    {
        var run = Fixture.Run(file);

        Assert.Equal(cells, run.Plan.Cells.Count);
        Assert.Equal(("HTTP requests", Strategy.Async, 12), (run.Plan.Cells[0].Params[ImportNames.Parameter].Text, run.Plan.Cells[0].Strategy, run.Plan.Cells[0].Workers));
        var trial = run.Trials[0];
        Assert.Equal((1_000L, 10L), (trial.Tasks, trial.Errors));
        Assert.Equal(rate * 0.99, trial.ThroughputPerSecond, 6);
        Assert.Equal((18.0, 40.0, 55.5, p99, 210.25), (trial.Latency.P50Ms, trial.Latency.P90Ms, trial.Latency.P95Ms, trial.Latency.P99Ms, trial.Latency.MaxMs));
        Assert.Equal(p99 is null, run.Plan.Notes.Any(note => note.Contains("99th percentile", StringComparison.Ordinal)));
    }

    [Fact]
    public void Locust_Stats_HasACellPerKindOfRequest()
    {
        var run = Fixture.Run("locust_stats.csv");

        Assert.Equal("locust", run.Spec.Name);
        Assert.Equal(["GET /search?q=a,b", "POST /cart", "Aggregated"], run.Plan.Cells.Select(cell => cell.Params[ImportNames.Parameter].Text));
        Assert.Equal((400L, 4L, 39.6, 120.0), (run.Trials[0].Tasks, run.Trials[0].Errors, Math.Round(run.Trials[0].ThroughputPerSecond, 6), run.Trials[0].Latency.P99Ms));
    }

    [Fact]
    public void Locust_History_HasTheWholeTestWithItsUsersAndTime()
    {
        var run = Fixture.Run("locust_stats_history.csv");

        var cell = Assert.Single(run.Plan.Cells);
        var trial = Assert.Single(run.Trials);
        Assert.Equal((20, DateTimeOffset.FromUnixTimeSeconds(1_795_509_000)), (cell.Workers, run.MeasuredAt));
        Assert.Equal((500L, 4L, 10_000.0), (trial.Tasks, trial.Errors, trial.WallMs));
    }

    [Fact]
    public void Importers_All_HaveAFixture() => Assert.Equal(["benchmarkdotnet", "hyperfine", "k6", "locust", "pytest-benchmark"], Importers.All.Select(importer => importer.Name).Order(StringComparer.Ordinal));

    [Fact]
    public void Locust_FullHistory_LeavesOutThePercentilesOfItsLastSecondsAndSaysSo()
    {
        const string Header = "Timestamp,User Count,Type,Name,Requests/s,Failures/s,50%,90%,95%,99%,99.9%,100%,Total Request Count,Total Failure Count,Total Median Response Time,Total Average Response Time,Total Min Response Time,Total Max Response Time,Total Average Content Size\n";
        const string Figures = "48,0,14,38,52,118,180,180,500,4,15,19,3,200,800\n";

        var run = Fixture.Read($"{Header}1795509000,10,GET,/search,{Figures}1795509010,10,,Aggregated,{Figures}", name: "x_stats_history.csv").Run!;

        Assert.All(run.Trials, trial => Assert.Equal(((double?)15.0, (double?)null, (double?)null, (double?)null, (double?)null, (double?)200.0), (trial.Latency.P50Ms, trial.Latency.P90Ms, trial.Latency.P95Ms, trial.Latency.P99Ms, trial.Latency.P999Ms, trial.Latency.MaxMs)));
        Assert.Contains(run.Plan.Notes, note => note.Contains("_stats.csv has those of the whole test", StringComparison.Ordinal));
        Assert.Equal((118.0, 1), (Fixture.Run("locust_stats_history.csv").Trials[0].Latency.P99Ms, Fixture.Run("locust_stats_history.csv").Plan.Notes.Count));
    }

    [Fact]
    public void Hyperfine_ParameterThatIsThereTwice_HasItsFirstValue() =>
        Assert.Equal(ParameterValue.Of(1L), Fixture.Read("""{"results":[{"command":"x","times":[1],"parameters":{"n":1,"n":2}}]}""").Run!.Plan.Cells[0].Params["n"]);

    [Theory]
    [InlineData("\"rounds\":1e15,\"iterations\":1e15")]
    [InlineData("\"data\":[0.1,0.2],\"rounds\":2,\"iterations\":1e15")]
    public void PytestBenchmark_MoreTasksThanThereCanBe_SaysWhere(string counts)
    {
        var reading = Fixture.Read("""{"machine_info":{},"benchmarks":[{"name":"t","stats":{"mean":0.002,"median":0.001,"max":0.01,COUNTS}}]}""".Replace("COUNTS", counts, StringComparison.Ordinal));

        Assert.Equal("/benchmarks/0/stats", reading.Problem!.Place);
        Assert.Contains("iterations cannot be", reading.Problem.Message, StringComparison.Ordinal);
    }
}
