using System.Text;
using Brigade.Runner.Tests.Fakes;
using HdrHistogram;
using Xunit;

namespace Brigade.Runner.Tests.Commands;

/// <summary><c>brigade export</c> of what <c>brigade run</c> wrote.</summary>
public sealed class ExportCommandTests : IDisposable
{
    private const string Sleeps = "version: 1\nname: sleeps\nworkload: { kernel: io.sleep, params: { milliseconds: 1 } }\nmatrix: { runtime: [dotnet], strategy: [sequential], workers: [1] }\nload: { tasks: 5 }\nwarmup: { tasks: 0 }\nrepeat: 2\n";

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("brigade-export-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task Export_MeasuredResult_WritesEveryFormat()
    {
        Write("spec.yaml", Sleeps);
        Assert.Equal(0, (await RunnerProcess.RunAsync("run spec.yaml --json out.json --histograms", _directory.FullName)).Code);

        var (code, csv, errors) = await RunnerProcess.RunAsync("export out.json --as csv --part cells", _directory.FullName);
        Assert.Equal((0, ""), (code, errors));
        Assert.Equal(2, csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);

        Assert.Equal((0, "", ""), await RunnerProcess.RunAsync("export out.json --as html -o out.html", _directory.FullName));
        Assert.StartsWith("<!DOCTYPE html>", Read("out.html"), StringComparison.Ordinal);

        // A recorded histogram as the library of the format reads it.
        var (_, log, _) = await RunnerProcess.RunAsync("export out.json --as hlog", _directory.FullName);
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(log));
        var intervals = new HistogramLogReader(stream).ReadHistograms().ToList();
        Assert.Equal(2, intervals.Count);
        Assert.All(intervals, interval => Assert.Equal(5, interval.TotalCount));
    }

    [Fact]
    public async Task Export_HlogOfAResultWithoutHistograms_SaysHowToGetThem()
    {
        Write("out.json", """{"version":1,"name":"x","status":"completed","seed":1,"machine":{"host":"","cores":1,"memoryBytes":0,"os":"","cpu":"","governor":"","loadAverage":0,"runtimes":[]},"trials":[],"cells":[],"findings":[],"thresholds":[]}""");

        var (code, output, errors) = await RunnerProcess.RunAsync("export out.json --as hlog", _directory.FullName);

        Assert.Equal((2, ""), (code, output));
        Assert.Contains("--histograms", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("null", "out.json:1:1: ")]
    [InlineData("[]", "out.json:1:2: ")]
    [InlineData("{\n \"version\": \"one\"\n}", "out.json:2:")]
    [InlineData("{\"version\":1,\"name\":\"x\",\"status\":\"completed\",\"seed\":1,\"machine\":null,\"trials\":[],\"cells\":[],\"findings\":[],\"thresholds\":[]}", "out.json:1:")]
    [InlineData("{\"version\":1,\"name\":\"x\",\"status\":\"completed\",\"seed\":1,\"machine\":{\"host\":\"\",\"cores\":1,\"memoryBytes\":0,\"os\":\"\",\"cpu\":\"\",\"governor\":\"\",\"loadAverage\":0,\"runtimes\":[]},\"trials\":[null],\"cells\":[],\"findings\":[],\"thresholds\":[]}", "out.json:1:1: ")]
    public async Task Export_NoResult_Answers2WithThePlace(string json, string place)
    {
        Write("out.json", json);

        var (code, output, errors) = await RunnerProcess.RunAsync("export out.json --as markdown", _directory.FullName);

        Assert.Equal((2, ""), (code, output));
        Assert.StartsWith(place, errors, StringComparison.Ordinal);
    }

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_directory.FullName, name), text);

    private string Read(string name) => File.ReadAllText(Path.Combine(_directory.FullName, name));
}
