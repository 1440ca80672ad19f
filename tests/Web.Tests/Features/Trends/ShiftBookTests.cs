using Brigade.Analysis.Changes;
using Brigade.Data.Entities;
using Brigade.Data.Queries;
using Brigade.Web.Features.Trends;
using Brigade.Web.Tests.Support;

namespace Brigade.Web.Tests.Features.Trends;

public sealed class ShiftBookTests
{
    private static readonly SeriesName Series = new(Guid.CreateVersion7(), "cell", "machine");
    private static readonly IReadOnlyList<TrendPoint> Points = [.. Enumerable.Range(0, 20).Select(run => Given.Point(run, run < 10 ? 100 : 80))];

    [Fact]
    public void Compare_NewShift_IsFoundWithTheRunsBeforeAndAfter()
    {
        var found = Assert.Single(Compare([], Shift(10, 100, 80)).Found);

        Assert.Equal((Points[10].RunId, Points[9].RunId, Points[10].EndedAt), (found.RunId, found.RunBefore!.Value, found.At));
        Assert.Equal((Series.ExperimentId, "cell", "machine", ChangeMetric.Throughput, ChangeState.Open), (found.ExperimentId, found.CellKey, found.MachineKey, found.Metric, found.State));
        Assert.Equal((100, 80, -0.2, 0.999), (found.Before, found.After, Math.Round(found.RelativeShift, 9), found.Confidence));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(9)]
    [InlineData(13)]
    public void Compare_ShiftThatIsKnown_IsNotToldAgain(int place)
    {
        var known = Change(10, -0.2);

        var findings = Compare([known], Shift(place, 100, 80));

        Assert.Empty(findings.Found);
        Assert.Empty(findings.Vanished);
        Assert.Same(known, Assert.Single(findings.Confirmed));
    }

    [Fact]
    public void Compare_ShiftToTheOtherSideNearby_IsAnother() => Assert.Single(Compare([Change(8, 0.2)], Shift(10, 100, 80)).Found);

    [Fact]
    public void Compare_ShiftFarAway_IsAnother() => Assert.Single(Compare([Change(3, -0.2)], Shift(10, 100, 80)).Found);

    [Fact]
    public void Compare_TwoShiftsOneKnown_EachCountsOnce()
    {
        var findings = Compare([Change(10, -0.2)], Shift(10, 100, 80), Shift(14, 80, 60));

        Assert.Equal(Points[14].RunId, Assert.Single(findings.Found).RunId);
    }

    [Fact]
    public void Compare_ShiftNearOneThatIsKnown_DoesNotTakeItsPlace()
    {
        var known = Change(14, -0.2);

        var findings = Compare([known], Shift(10, 100, 90), Shift(14, 90, 70));

        Assert.Same(known, Assert.Single(findings.Confirmed));
        Assert.Equal((90, 70), (known.Before, known.After));
        Assert.Equal(Points[10].RunId, Assert.Single(findings.Found).RunId);
    }

    [Fact]
    public void Compare_KnownShiftIsGone_VanishesUnlessSomebodyDecided()
    {
        var open = Change(10, -0.2);

        Assert.Equal([open.Id], Compare([open, Change(4, -0.2, ChangeState.Noise)]).Vanished);
    }

    [Fact]
    public void Compare_ShiftThatIsNoise_IsNotToldAgain() => Assert.Empty(Compare([Change(10, -0.2, ChangeState.Noise)], Shift(10, 100, 80)).Found);

    [Fact]
    public void Compare_AcceptedShift_IsWhereTheSeriesBegins()
    {
        IReadOnlyList<double>? looked = null;

        ShiftBook.Compare(Points, ChangeMetric.Throughput, [Change(10, -0.2, ChangeState.Accepted)], Series, values => { looked = values; return []; }, Given.Noon);

        Assert.Equal(Enumerable.Repeat(80.0, 10), looked!);
    }

    [Fact]
    public void Compare_OtherMetric_IsLeftAlone() => Assert.Empty(ShiftBook.Compare(Points, ChangeMetric.P99, [Change(10, -0.2)], Series, _ => [], Given.Noon).Vanished);

    [Fact]
    public void Compare_RunsWithoutTheFigure_AreLeftOut()
    {
        IReadOnlyList<double>? looked = null;

        ShiftBook.Compare([.. Points, Given.Point(20, 0)], ChangeMetric.Throughput, [], Series, values => { looked = values; return []; }, Given.Noon);

        Assert.Equal(20, looked!.Count);
    }

    private static SeriesFindings Compare(IReadOnlyList<Change> known, params ChangePoint[] shifts) => ShiftBook.Compare(Points, ChangeMetric.Throughput, known, Series, _ => shifts, Given.Noon);

    private static ChangePoint Shift(int index, double before, double after) => new(index, before, after, (after / before) - 1, 0.999);

    private static Change Change(int run, double shift, ChangeState state = ChangeState.Open) => new()
    {
        Id = Guid.CreateVersion7(), CellKey = "cell", MachineKey = "machine", Metric = ChangeMetric.Throughput, RunId = Points[run].RunId, At = Points[run].EndedAt, RelativeShift = shift, State = state,
    };
}
