using System.Text.Json.Nodes;
using Brigade.Runner.Tests.Fakes;
using Xunit;

namespace Brigade.Runner.Tests.Commands;

/// <summary>The data are those of SPEC SDM91 (Gunther 2007, "Guerrilla capacity planning"); the coefficients are what the R package usl 3.0 publishes for them.</summary>
public sealed class FitCommandTests : IDisposable
{
    private const string SpecSdm91 = "workers,throughput\n1,64.9\n18,995.9\n36,1652.4\n72,1853.2\n108,1828.9\n144,1775.0\n216,1702.2\n";

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("brigade-fit-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task Fit_SpecSdm91_WritesThePublishedCoefficients()
    {
        Write(SpecSdm91);

        var (code, output, errors) = await RunnerProcess.RunAsync("fit points.csv --json out.json", _directory.FullName);

        Assert.Equal((0, ""), (code, errors));
        Assert.Contains("The fitted curve peaks at 96.5 workers (95 % interval 77.9 to 157)", output, StringComparison.Ordinal);
        var usl = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(_directory.FullName, "out.json")))!["usl"]!;
        Near(89.9952, usl["gamma"]);
        Near(0.0277285, usl["sigma"]);
        Near(0.0001044, usl["kappa"]);
        Near(96.51956, usl["peakWorkers"]);
        Assert.True((double)usl["intervals"]!["sigma"]!["low"]! < 0.0277285);
    }

    [Theory]
    [InlineData("workers,throughput\n1,10\n2,20\n4,30\n", "points.csv: The Universal Scalability Law needs points with at least 4 different counts of workers, and there are 3")]
    [InlineData("workers,throughput\n1,10\n2,10\n4,10\n8,10\n", "points.csv: All throughputs are 10")]
    [InlineData("workers,throughput\n4,10\n4,11\n4,12\n4,13\n", "points.csv: The Universal Scalability Law needs")]
    [InlineData("workers,throughput\n1,10\n2,0\n4,30\n8,50\n", "points.csv:3: throughput is 0; it has to be above 0.")]
    [InlineData("workers,throughput\n1,10\n2,-5\n4,30\n8,50\n", "points.csv:3: throughput is -5; it has to be above 0.")]
    [InlineData("workers,throughput\n1,10\n2,many\n4,30\n8,50\n", "points.csv:3: throughput is 'many', which is not a number")]
    [InlineData("workers,throughput\n1,10\n2,NaN\n4,30\n8,50\n", "points.csv:3: throughput is 'NaN', which is not a number")]
    [InlineData("workers,throughput\n1,10\n2\n4,30\n8,50\n", "points.csv:3: throughput is missing.")]
    [InlineData("workers,throughput\n0,10\n2,20\n4,30\n8,50\n", "points.csv:2: workers is 0; it has to be 1 or more.")]
    [InlineData("processors,throughput\n1,10\n", "points.csv:1: There is no column 'workers'")]
    [InlineData("", "points.csv:1: The file is empty")]
    public async Task Fit_BadInput_Answers2AndSaysWhatAndWhere(string csv, string message)
    {
        Write(csv);

        var (code, output, errors) = await RunnerProcess.RunAsync("fit points.csv", _directory.FullName);

        Assert.Equal((2, ""), (code, output));
        Assert.StartsWith(message, errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fit_NoFile_Answers2() =>
        Assert.Equal((2, "", "points.csv:1: There is no such file.\n"), await RunnerProcess.RunAsync("fit points.csv", _directory.FullName));

    [Fact]
    public async Task Fit_OtherColumnsAndSemicolons_AreRead()
    {
        Write("machine;Throughput;Workers\na;64.9;1\na;995.9;18\na;1652.4;36\na;1853.2;72\na;1828.9;108\n");

        Assert.Equal(0, (await RunnerProcess.RunAsync("fit points.csv", _directory.FullName)).Code);
    }

    private static void Near(double expected, JsonNode? actual) => Assert.InRange((double)actual!, expected * 0.99, expected * 1.01);

    private void Write(string csv) => File.WriteAllText(Path.Combine(_directory.FullName, "points.csv"), csv);
}
