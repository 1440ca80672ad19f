using Brigade.Data.Entities;
using Brigade.Data.Queries;
using Brigade.Web.Features.Trends;
using Brigade.Web.Tests.Support;

namespace Brigade.Web.Tests.Features.Trends;

public sealed class TrendBuilderTests
{
    private static readonly TrendCell Cell = new("cell", "python · sequential", "sequential");

    [Fact]
    public void Series_TwoMachines_AreTwoSeries()
    {
        var series = TrendBuilder.Series(Cell, [Given.Point(0, 100, "old"), Given.Point(1, 200, "new"), Given.Point(2, 101, "old"), Given.Point(3, 201, "new")], [], TrendMetric.Throughput);

        Assert.Equal(["new", "old"], series.Select(one => one.Machine), StringComparer.Ordinal);
        Assert.Equal([200.0, 201], series[0].Points.Select(point => point.Value));
        Assert.Equal([0, 1], series.Select(one => one.Dash));
    }

    [Theory]
    [InlineData(TrendMetric.Throughput, 100)]
    [InlineData(TrendMetric.P50, 5)]
    [InlineData(TrendMetric.P99, 9)]
    [InlineData(TrendMetric.Errors, 0.01)]
    public void Value_Metric_IsItsFigure(TrendMetric metric, double expected) => Assert.Equal(expected, TrendBuilder.Value(Given.Point(0, 100), metric)!.Value);

    [Fact]
    public void Series_ChangeInTheMiddle_HasABandOnEachSide()
    {
        var points = Enumerable.Range(0, 20).Select(run => Given.Point(run, (run < 10 ? 100 : 50) + (run % 2))).ToList();

        var bands = TrendBuilder.Series(Cell, points, [Change(points[10])], TrendMetric.Throughput)[0].Expected;

        Assert.Equal([100.5, 50.5], bands.Select(band => band.Level));
        Assert.Equal((points[0].EndedAt, points[9].EndedAt), (bands[0].From, bands[0].To));
        Assert.All(bands, band => Assert.InRange(band.High - band.Level, 0.03 * band.Level, 5));
        Assert.Single(TrendBuilder.Series(Cell, points, [Change(points[10]) with { State = ChangeState.Noise }], TrendMetric.Throughput)[0].Expected);
        Assert.Single(TrendBuilder.Series(Cell, points, [Change(points[10]) with { MachineKey = "other" }], TrendMetric.Throughput)[0].Expected);
    }

    [Fact]
    public void Series_ThreeRuns_HaveNoBand() =>
        Assert.Empty(TrendBuilder.Series(Cell, [Given.Point(0, 100), Given.Point(1, 100), Given.Point(2, 100)], [], TrendMetric.Throughput)[0].Expected);

    private static ChangeRow Change(TrendPoint point) => new(
        Guid.CreateVersion7(), Guid.CreateVersion7(), "primes", "cell", null, ChangeMetric.Throughput, "machine", point.RunId, null, point.EndedAt, 100, 50, -0.5, 1, ChangeState.Open, "", point.EndedAt, null);
}
