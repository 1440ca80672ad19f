using Brigade.Contracts.Plan;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;
using Brigade.Web.Features.Runs;

namespace Brigade.Web.Tests.Features.Runs;

public sealed class ResultLinesTests
{
    private static readonly Dictionary<string, ParameterValue> None = new(StringComparer.Ordinal);

    [Fact]
    public void Speedup_SeveralWorkerCounts_IsOneLinePerRuntimeAndStrategy()
    {
        var lines = ResultLines.Speedup([Cell("python", Strategy.Sequential, 1, 1), Cell("python", Strategy.Threads, 2, 1.05), Cell("python", Strategy.Threads, 1, 1), Cell("dotnet", Strategy.Threads, 1, 1), Cell("dotnet", Strategy.Threads, 2, 1.9)]);
        Assert.Equal([("python · threads", 0), ("dotnet · threads", 1)], lines.Select(line => (line.Name, line.Dash)));
        Assert.Equal([[1, 1], [2, 1.05]], lines[0].Points);
    }

    [Fact]
    public void Params_OnlySweptOnes_FollowTheName()
    {
        Cell[] cells = [With("10"), With("20")];
        Assert.Equal(" · limit 20", ResultLines.Params(cells[1], ResultLines.Swept(cells)));
        Assert.Equal("", ResultLines.Params(cells[1], ResultLines.Swept([cells[1]])));

        static Cell With(string limit) => new("python", Strategy.Threads, 1, null, null, null, 0, new Dictionary<string, ParameterValue>(StringComparer.Ordinal) { ["limit"] = ParameterValue.Parse(limit), ["seed"] = ParameterValue.Of(1) });
    }

    [Fact]
    public void Speedup_OneWorkerCount_HasNoCurve() => Assert.Empty(ResultLines.Speedup([Cell("python", Strategy.Threads, 16, 15)]));

    [Fact]
    public void Latency_Histograms_AreMergedAndEndAtTheSlowest()
    {
        var line = Assert.Single(ResultLines.Latency([(Cell("python", Strategy.Threads, 2, 1).Cell, [LatencySamples.Encode(1_000_000, 99), LatencySamples.Encode(50_000_000, 1)])]));
        Assert.Equal("python · threads × 2", line.Name);
        Assert.Equal(99, line.Points[^1][0]);
        Assert.InRange(line.Points[^1][1], 49.9, 50.1);
        Assert.InRange(line.Points.Single(point => point[0] == 50)[1], 0.99, 1.01);
    }

    [Fact]
    public void Latency_NothingReadable_IsLeftOut() => Assert.Empty(ResultLines.Latency([(Cell("python", Strategy.Threads, 2, 1).Cell, [[1, 2, 3], []])]));

    private static CellResult Cell(string runtime, Strategy strategy, int workers, double speedup) =>
        new(new Cell(runtime, strategy, workers, null, null, null, 0, None), 3, new CellFigures(1, 1, 1, 1, 1, 1, 1), new CellInterval(1, 1), speedup, speedup / workers);
}
