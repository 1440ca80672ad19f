using Brigade.Analysis.Changes;
using CsCheck;
using Xunit;

namespace Brigade.Analysis.Tests.Changes;

public sealed class ChangePointsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Find_HundredSeries_PrecisionAndRecallAreAtLeastNineTenths(int seed)
    {
        var (found, right, known) = (0, 0, 0);
        foreach (var series in SyntheticSeries.Make(100, seed))
        {
            var indices = ChangePoints.Find(series.Values).Select(change => change.Index).ToArray();
            (found, right, known) = (found + indices.Length, right + series.Matches(indices), known + series.Changes.Count);
        }

        Assert.True(right >= 0.9 * found, $"precision {right}/{found}");
        Assert.True(right >= 0.9 * known, $"recall {right}/{known}");
    }

    [Fact]
    public void Find_PointsAddedOneByOne_NeverTakesBackMovesOrRepeatsAChange()
    {
        foreach (var series in SyntheticSeries.Make(40, 5))
        {
            var told = new List<int>();
            for (var length = 1; length <= series.Values.Count; length++)
            {
                var now = ChangePoints.Find([.. series.Values.Take(length)]).Select(change => change.Index).ToArray();
                Assert.Equal(told, now.Take(told.Count));
                told = [.. now];
            }

            Assert.Equal(told.Distinct(), told);
        }
    }

    [Fact]
    public void Find_SteadySeries_HasNone()
    {
        var alarms = SyntheticSeries.Make(400, 11).Where(series => series.Changes.Count == 0).Sum(series => ChangePoints.Find(series.Values).Count);

        // 100 series of 100 points.
        Assert.InRange(alarms, 0, 5);
    }

    [Fact]
    public void Find_OneShift_SaysWhereFromWhatToWhat()
    {
        double[] noise = [0.5, -0.3, 0.1, -0.6, 0.4, 0.2, -0.1, 0, 0.3, -0.4];
        double[] series = [.. noise.Select(value => 100 + value), .. noise.Select(value => 80 + value)];

        var change = Assert.Single(ChangePoints.Find(series));

        Assert.Equal(10, change.Index);
        Assert.Equal((100.05, 80.05), (change.Before, change.After));
        Assert.Equal(-0.2, change.RelativeShift, 3);
        Assert.InRange(change.Confidence, 0.999, 1);
    }

    [Fact]
    public void Find_OneOutlierOrTwo_AreNoChange()
    {
        double[] noise = [100.5, 99.7, 100.1, 99.4, 100.4, 100.2, 99.9, 100, 100.3, 99.6];

        Assert.Empty(ChangePoints.Find([.. noise, 50, 50, .. noise]));
    }

    [Fact]
    public void Find_ShiftBelowTheLeastThatCounts_IsNotTold()
    {
        double[] noise = [0.05, -0.03, 0.01, -0.06, 0.04, 0.02, -0.01, 0, 0.03, -0.04];
        double[] series = [.. noise.Select(value => 100 + value), .. noise.Select(value => 98 + value)];

        Assert.Empty(ChangePoints.Find(series));
        Assert.Single(ChangePoints.Find(series, new NoiseModel { MinimumShift = 0.01 }));
    }

    [Fact]
    public void Find_KnownNoiseThatCoversTheShift_IsNotTold()
    {
        double[] noise = [0.5, -0.3, 0.1, -0.6, 0.4, 0.2, -0.1, 0, 0.3, -0.4];
        double[] series = [.. noise.Select(value => 100 + value), .. noise.Select(value => 94 + value)];

        Assert.Single(ChangePoints.Find(series));
        Assert.Empty(ChangePoints.Find(series, new NoiseModel { RelativeDeviation = 0.05 }));
    }

    [Fact]
    public void Find_AnySeries_IndicesRiseWithinIt() => Gen.Double[0, 1_000].Array[0, 60].Sample(
        series => ChangePoints.Find(series).Select(change => change.Index).Prepend(0).ToArray() is var indices
            && indices.Zip(indices.Skip(1)).All(pair => pair.First < pair.Second && pair.Second < series.Length), iter: 500);

    [Theory]
    [InlineData(new double[] { })]
    [InlineData(new double[] { 5 })]
    [InlineData(new double[] { 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5 })]
    public void Find_FewOrEqualPoints_HasNone(double[] series) => Assert.Empty(ChangePoints.Find(series));
}
