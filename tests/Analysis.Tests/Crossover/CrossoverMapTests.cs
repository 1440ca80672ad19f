using Brigade.Analysis.Crossover;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;
using Xunit;

namespace Brigade.Analysis.Tests.Crossover;

public sealed class CrossoverMapTests
{
    [Fact]
    public void Of_ProcessesBeginToPay_ShowsWhereAndByHowMuch()
    {
        var map = Map("params.limit", "payloadBytes");

        Assert.Equal(["100", "5000"], map.X.Values);
        Assert.Equal(["0", "65536"], map.Y!.Values);
        Assert.Equal(["sequential", "processes", "sequential", "processes"], map.Places.Select(place => Assert.Single(place.Best).Strategy), StringComparer.Ordinal);
        var last = map.Places[^1];
        Assert.Equal(("5000", "65536", CrossoverOutcome.Won), (last.X, last.Y, last.Outcome));
        Assert.Equal(0.5, last.Margin!.Ahead, 1e-9);
        Assert.InRange(last.Margin.Low, 0.4, 0.5);
        Assert.InRange(last.Margin.High, 0.5, 0.6);
        Assert.False(last.IsRough);
    }

    [Fact]
    public void Of_CellsThatAnAxisDoesNotApplyTo_CompeteEverywhere() =>
        Assert.All(Map("params.limit", "payloadBytes").Places, place => Assert.Contains(place.Best.Concat(place.Others), one => one.Name == "sequential"));

    [Fact]
    public void Of_Result_NamesTheCellThatWon()
    {
        var place = Map("params.limit", "payloadBytes").Places[3];

        var cell = Sweep().Build().Cells[place.Best[0].Cell].Cell;
        Assert.Equal((Strategy.Processes, 65_536, "5000"), (cell.Strategy, cell.PayloadBytes, cell.Params["limit"].Text));
    }

    [Theory]
    [InlineData(98, 102, 99, 103)]
    [InlineData(100, 100, 102, 102)]
    public void Of_IntervalsThatMeetOrAHairsBreadth_Tie(double low, double high, double otherLow, double otherHigh)
    {
        var cells = new RunBuilder().Add(
            new(Runs.DotNet, Strategy.Threads, 1, low, (low + high) / 2, high),
            new(Runs.DotNet, Strategy.Threads, 2, low, (low + high) / 2, high),
            new(Runs.DotNet, Strategy.Pool, 2, otherLow, (otherLow + otherHigh) / 2, otherHigh),
            new(Runs.DotNet, Strategy.Processes, 2, 10, 11, 12)).Build().Cells;

        var place = CrossoverMap.Of(cells, "workers", null)!.Places[1];

        Assert.Equal(CrossoverOutcome.Tie, place.Outcome);
        Assert.Equal(["pool", "threads"], place.Best.Select(one => one.Name), StringComparer.Ordinal);
        Assert.Equal("processes", Assert.Single(place.Others).Name);
        Assert.Null(place.Margin);
    }

    [Fact]
    public void Of_OneAxis_HasOneRow()
    {
        var map = Map("params.limit", null);

        Assert.Equal(["100", "5000"], map.Places.Select(place => place.X), StringComparer.Ordinal);
        Assert.Equal("processes, payload 0 B", map.Places[1].Best[0].Name);
    }

    [Fact]
    public void Of_ParameterOnNoAxis_IsHeld()
    {
        var cells = Sweep().Add(new Measured(Runs.Python, Strategy.Threads, 4, 900, 901) { Params = Limit(100) }).Build().Cells;

        var map = CrossoverMap.Of(cells, "payloadBytes", "workers")!;

        Assert.Equal("limit = 100", Assert.Single(map.Held));
        Assert.All(map.Places.SelectMany(place => place.Best), one => Assert.Equal("100", cells[one.Cell].Cell.Params["limit"].Text));
    }

    [Fact]
    public void Of_TaskDurations_AreThoseOfTheSequentialCells() => Assert.Equal([0.5, 10], Map("params.limit", "payloadBytes").TaskMs);

    [Theory]
    [InlineData("nonsense", null)]
    [InlineData("params.limit", "nonsense")]
    [InlineData("params.limit", "params.limit")]
    [InlineData("channel", null)]
    public void Of_AxisThatWasNotSwept_IsNone(string x, string? y) => Assert.Null(CrossoverMap.Of(Sweep().Build().Cells, x, y));

    [Fact]
    public void Of_OneRepetition_IsRough()
    {
        var cells = new RunBuilder().Add(new(Runs.DotNet, Strategy.Threads, 1, 5), new(Runs.DotNet, Strategy.Threads, 2, 10), new(Runs.DotNet, Strategy.Pool, 2, 20)).Build().Cells;

        var places = CrossoverMap.Of(cells, "workers", null)!.Places;

        Assert.Equal([CrossoverOutcome.Alone, CrossoverOutcome.Won], places.Select(place => place.Outcome));
        Assert.True(places[1].IsRough);
    }

    [Fact]
    public void Of_PlaceWithoutACompletedCell_IsNotMeasured()
    {
        var cells = new RunBuilder().Add(
            new(Runs.DotNet, Strategy.Threads, 1, 5),
            new Measured(Runs.DotNet, Strategy.Threads, 2, 10) { Status = TrialStatus.Failed }).Build().Cells;

        Assert.Equal([CrossoverOutcome.Alone, CrossoverOutcome.NotMeasured], CrossoverMap.Of(cells, "workers", null)!.Places.Select(place => place.Outcome));
    }

    [Fact]
    public void Default_ParametersAndPayload_AreTheAxes() => Assert.Equal(("params.limit", "payloadBytes"), CrossoverMap.Default(Sweep().Build().Cells));

    [Fact]
    public void Default_OneCell_HasNone() => Assert.Null(CrossoverMap.Default(new RunBuilder().Add(new Measured(Runs.DotNet, Strategy.Threads, 2, 10)).Build().Cells));

    private static CrossoverMap Map(string x, string? y) => CrossoverMap.Of(Sweep().Build().Cells, x, y)!;

    /// <summary>Short tasks are faster one after the other, long ones in processes.</summary>
    private static RunBuilder Sweep() => new RunBuilder().Add(
        new Measured(Runs.Python, Strategy.Sequential, 1, 2_000, 2_010, 1_990) { Params = Limit(100), TaskMs = 0.5 },
        new Measured(Runs.Python, Strategy.Sequential, 1, 100, 101, 99) { Params = Limit(5_000), TaskMs = 10 },
        new Measured(Runs.Python, Strategy.Processes, 2, 1_000, 1_010, 990) { Params = Limit(100) },
        new Measured(Runs.Python, Strategy.Processes, 2, 190, 191, 189) { Params = Limit(5_000) },
        new Measured(Runs.Python, Strategy.Processes, 2, 300, 301, 299) { Params = Limit(100), PayloadBytes = 65_536 },
        new Measured(Runs.Python, Strategy.Processes, 2, 150, 151, 149) { Params = Limit(5_000), PayloadBytes = 65_536 });

    private static Dictionary<string, ParameterValue> Limit(int value) => new(StringComparer.Ordinal) { ["limit"] = ParameterValue.Of(value) };
}
