using System.Text;
using Brigade.Analysis.Importing;
using Xunit;

namespace Brigade.Analysis.Tests.Importing;

/// <summary>Files that are recognised, and files that are broken or hostile.</summary>
public sealed class ImportersTests
{
    private const string OneTime = """{"results":[{"command":"x","times":[TIME]}]}""";

    [Theory]
    [InlineData("hyperfine.json", "hyperfine")]
    [InlineData("pytest-benchmark.json", "pytest-benchmark")]
    [InlineData("benchmarkdotnet-full.json", "benchmarkdotnet")]
    [InlineData("benchmarkdotnet-brief.json", "benchmarkdotnet")]
    [InlineData("k6-summary-export.json", "k6")]
    [InlineData("k6-handle-summary.json", "k6")]
    [InlineData("locust_stats.csv", "locust")]
    [InlineData("locust_stats_history.csv", "locust")]
    public void Read_FileOfATool_RecognisesItAndPlansEveryTrial(string file, string tool)
    {
        var run = Fixture.Run(file);

        Assert.Equal(tool, run.Source);
        Assert.Equal(tool, run.Spec.Workload.Imported);
        Assert.Equal(run.Plan.Trials.Select(trial => (trial.Index, trial.Cell, trial.Repetition)), run.Trials.Select(trial => (trial.Index, trial.Cell, trial.Repetition)));
        Assert.All(run.Plan.Cells, cell => Assert.True(cell.Params.ContainsKey(ImportNames.Parameter)));
    }

    [Theory]
    [InlineData("", "The file is empty.")]
    [InlineData(" \n\t", "The file is empty.")]
    [InlineData("{", "line 1, column 2: This is not valid JSON")]
    [InlineData("{\"results\":[{\"command\":\"x\",\n\"times\":[NaN]}]}", "line 2, column 10: There is a number that is none (NaN or Infinity)")]
    [InlineData("hello", "This is no file of a tool that Brigade knows: pytest-benchmark (")]
    [InlineData("{}", "This is no file of a tool that Brigade knows")]
    [InlineData("[1,2]", "This is no file of a tool that Brigade knows")]
    [InlineData("{\"results\":[]}", "The file holds no measurement.")]
    public void Read_NoFileOfATool_SaysWhatIsWrong(string text, string problem)
    {
        var reading = Fixture.Read(text);

        Assert.Null(reading.Run);
        Assert.StartsWith(problem, reading.Problem!.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-0.1", "-0.1 cannot be; it is to be from 0 to 1000000000.")]
    [InlineData("1e300", "1e300 cannot be")]
    [InlineData("1e999", "1e999 cannot be")]
    [InlineData("\"1\"", "This is to be a number.")]
    [InlineData("null", "This is to be a number.")]
    [InlineData("[[[]]]", "This is to be a number.")]
    public void Read_TimeThatCannotBe_SaysWhere(string time, string problem)
    {
        var reading = Fixture.Read(OneTime.Replace("TIME", "0.5,\n" + time, StringComparison.Ordinal));

        Assert.Null(reading.Run);
        Assert.Equal(("/results/0/times/1", 2, 1), (reading.Problem!.Place, reading.Problem.Line, reading.Problem.Column));
        Assert.StartsWith(problem, reading.Problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_DeepNesting_IsRefusedAndNotFollowed()
    {
        var reading = Fixture.Read(new string('[', 100_000) + new string(']', 100_000));

        Assert.Contains("nested more than 64 levels deep", reading.Problem!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_AMillionBenchmarks_IsRefused()
    {
        var text = new StringBuilder("{\"results\":[");
        for (var index = 0; index < 1_000_000; index++)
            text.Append(index == 0 ? "" : ",").Append("{\"command\":\"\"}");

        var reading = Fixture.Read(text.Append("]}").ToString());

        Assert.Equal("This list has 1,000,000 entries; the most that is imported is 2,000.", reading.Problem!.Message);
    }

    [Fact]
    public void Read_TooLarge_IsRefusedBeforeItIsRead()
    {
        var reading = Importers.Read("x.json", new byte[ImportLimits.MaximumBytes + 1]);

        Assert.Contains("larger than the most that is read, 32 MiB", reading.Problem!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_NoUtf8_IsRefused() => Assert.Contains("UTF-8", Importers.Read("x.json", new byte[] { (byte)'{', 0xFF, (byte)'}' }).Problem!.Message, StringComparison.Ordinal);

    [Fact]
    public void Read_ByteOrderMark_IsSkipped() => Assert.NotNull(Importers.Read("x.json", (byte[])[.. Encoding.UTF8.Preamble, .. Fixture.Bytes("hyperfine.json")]).Run);

    [Fact]
    public void Read_AnotherToolThanChosen_SaysWhich()
    {
        var reading = Importers.Read("x.json", Fixture.Bytes("k6-handle-summary.json"), Importers.Find("hyperfine"));

        Assert.StartsWith("This looks like a file of k6, not of hyperfine.", reading.Problem!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_DamagedFileOfAChosenTool_SaysWhatIsMissing() =>
        Assert.Equal("'results' is missing here.", Fixture.Read("{}", "hyperfine").Problem!.ToString());

    [Fact]
    public void Read_ManyMeasurements_ArePutTogetherInGroupsOfNeighbours()
    {
        var run = Fixture.Read(OneTime.Replace("TIME", string.Join(',', Enumerable.Range(1, 1_050).Select(index => index <= 525 ? "0.001" : "0.003")), StringComparison.Ordinal)).Run!;

        Assert.Equal(ImportLimits.MaximumRepetitions, run.Trials.Count);
        Assert.Equal(1_050, run.Trials.Sum(trial => trial.Tasks));
        Assert.Equal((1000.0, 1.0), (Math.Round(run.Trials[0].ThroughputPerSecond, 6), run.Trials[0].Latency.P50Ms));
        Assert.Equal(3, run.Trials[^1].Latency.P99Ms);
    }

    [Fact]
    public void Read_SameBenchmarkTwice_IsOneCell()
    {
        var run = Fixture.Read("""{"results":[{"command":"x","times":[1]},{"command":"y","times":[1]},{"command":"x","times":[2]}]}""").Run!;

        Assert.Equal(2, run.Plan.Cells.Count);
        Assert.Equal([1, 2], run.Trials.Where(trial => trial.Cell == 0).Select(trial => trial.Repetition));
    }

    [Fact]
    public void Read_LongAndStrangeNames_StayTextOfABoundedLength()
    {
        var name = "<script>\\u0000=1+1\\n" + new string('x', 5_000);

        var run = Fixture.Read($$"""{"results":[{"command":"{{name}}a","times":[1]},{"command":"{{name}}b","times":[1]}]}""", name: "../../a<b>|c.json").Run!;

        var names = run.Plan.Cells.Select(cell => cell.Params[ImportNames.Parameter].Text).ToList();
        Assert.Equal("a-b-c", run.Spec.Name);
        Assert.Equal(2, names.Distinct(StringComparer.Ordinal).Count());
        Assert.All(names, text => Assert.True(text.Length <= ImportLimits.MaximumNameLength && !text.Any(char.IsControl)));
    }

    [Theory]
    [InlineData("Type,Name,Request Count\nGET,/,1,2\n", "line 2: This row has 4 fields, and the header has 3.")]
    [InlineData("Type,Name,Request Count,Requests/s\nGET,\"/\n", "line 2: A quoted field that begins in this row does not end.")]
    [InlineData("Type,Name,Request Count,Requests/s\nGET,/,many,1\n", "line 2 (Request Count): 'many' is no number.")]
    [InlineData("Type,Name,Request Count,Requests/s\nGET,/,-1,1\n", "line 2 (Request Count): -1 cannot be")]
    [InlineData("Type,Name,Request Count,Requests/s\nGET,/,NaN,1\n", "line 2 (Request Count): 'NaN' is no number.")]
    [InlineData("Type,Name,Requests/s\nGET,/,1\n", "line 2 (Request Count): This is to be a number, and is empty.")]
    public void Read_BrokenCsv_SaysWhere(string text, string problem) => Assert.StartsWith(problem, Fixture.Read(text).Problem!.ToString(), StringComparison.Ordinal);

    [Fact]
    public void Read_NameThatIsHalfASurrogatePair_SaysWhere()
    {
        var reading = Fixture.Read("""{"results":[{"command":"x","times":[1],"parameters":{"\ud800":1}}]}""");

        Assert.Equal(("/results/0/parameters", "A name in this object holds half of a surrogate pair."), (reading.Problem!.Place, reading.Problem.Message));
    }

    [Theory]
    [InlineData("""{"\ud800":1,"results":[{"command":"x","times":[]}]}""")]
    [InlineData("""{"results":[{"\ud800":1,"command":"x","times":["a"]}]}""")]
    [InlineData("""{"results":[{"command":"x","times":[1],"\udc00":1}]}""")]
    [InlineData("""{"machine_info":{},"benchmarks":[{"name":"t","stats":{"\ud800":1}}]}""")]
    public void Read_NamesThatAreNoText_AreAProblemAndNoException(string text)
    {
        var reading = Fixture.Read(text);

        Assert.Null(reading.Run);
        Assert.NotEmpty(reading.Problem!.Message);
    }
}
