using Brigade.Analysis.Laws;
using CsCheck;
using Xunit;
using static Brigade.Analysis.Tests.Laws.Published;

namespace Brigade.Analysis.Tests.Laws;

/// <summary>Expected coefficients are those that the R package usl 3.0 publishes for its data sets (README, tests/peak-scalability.R); intervals are of <c>Statistics/reference.R</c>.</summary>
public sealed class UslFitTests
{
    [Fact]
    public void Fit_SpecSdm91_AsPublished()
    {
        var fit = UslFit.Fit(SpecSdm91).Law!;

        Near(89.9952330, fit.Gamma);
        Near(0.0277285, fit.Sigma);
        Near(0.0001044, fit.Kappa);
        Near(96.51956, fit.PeakWorkers);
        Near(1884, fit.At(96.52));
        Assert.True(fit.PeakIsMeasured);
    }

    [Fact]
    public void Fit_SpecSdm91_IntervalsAsR()
    {
        var intervals = UslFit.Fit(SpecSdm91).Law!.Intervals;

        // R has 0.0095004 for the lower end of sigma, by a spline through a few points of the profile.
        Between(61.3003730244, 144.564446884, intervals.Gamma);
        Between(0.00948473, 0.0641228562574, intervals.Sigma);
        Between(3.85809220291e-05, 0.000161181346032, intervals.Kappa);
        Near(77.8553558508, intervals.PeakWorkers.Low);
        Near(156.661804073, intervals.PeakWorkers.High);
    }

    [Fact]
    public void Fit_RayTracer_AsPublishedWithoutAPeak()
    {
        var fit = UslFit.Fit(RayTracer).Law!;

        Near(21.848843, fit.Gamma);
        Near(0.057771, fit.Sigma);
        Assert.InRange(fit.Kappa, 0, 1e-9);
        Assert.Null(fit.PeakWorkers);
        Assert.False(fit.PeakIsMeasured);
        Assert.Null(fit.Intervals.PeakWorkers.High);
    }

    [Fact]
    public void Fit_TestDataOfThePackage_AsPublished()
    {
        var fit = UslFit.Fit(Points([1, 2, 4, 6, 8, 10], [1, 1.8868, 3.0769, 3.5294, 3.5398, 3.3557])).Law!;

        Near(1, fit.Gamma);
        Near(0.02, fit.Sigma);
        Near(0.02, fit.Kappa);
    }

    [Fact]
    public void Fit_PointsOfACurve_FindsTheCurveAgain() =>
        Gen.Select(Gen.Double[1, 1_000], Gen.Double[0, 0.9], Gen.Double[0, 0.05]).Sample((gamma, sigma, kappa) =>
        {
            double[] workers = [1, 2, 4, 8, 16, 32];
            double Law(double n) => gamma * n / (1 + (sigma * (n - 1)) + (kappa * n * (n - 1)));
            var fit = UslFit.Fit(Points(workers, [.. workers.Select(Law)])).Law!;
            return workers.All(n => Math.Abs((fit.At(n) / Law(n)) - 1) < 1e-4);
        }, iter: 30);

    [Fact]
    public void Fit_ThreadsThatGetInEachOthersWay_PeakIsOneWorker()
    {
        var fit = UslFit.Fit(Points([1, 2, 4, 8], [100, 90, 75, 55])).Law!;

        Near(1, fit.PeakWorkers);
        Assert.True(fit.PeakIsMeasured);
    }

    [Fact]
    public void Fit_PeakBeyondThePoints_IsSaidToBeAnExtrapolation()
    {
        // σ = 0.05 and κ = 0.001, with less than a percent of noise.
        var fit = UslFit.Fit(Points([1, 2, 4, 6, 8], [100.3, 189.6, 343.5, 467.9, 569])).Law!;

        Assert.InRange(fit.PeakWorkers!.Value, 20, 45);
        Assert.False(fit.PeakIsMeasured);
        Assert.Contains("no more than 8 were measured: that is an extrapolation, not advice", LawWords.Peak(fit), StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_PeakBelowThePoints_IsSaidToBeAnExtrapolation()
    {
        // σ = 0.05 and κ = 0.06: the peak is at 4 workers.
        double[] workers = [8, 12, 16, 24, 32];

        var fit = UslFit.Fit(Points(workers, [.. workers.Select(n => 100 * n / (1 + (0.05 * (n - 1)) + (0.06 * n * (n - 1))))])).Law!;

        Assert.InRange(fit.PeakWorkers!.Value, 3.5, 4.5);
        Assert.Equal((false, 8, 32), (fit.PeakIsMeasured, fit.SmallestMeasured, fit.LargestMeasured));
        Assert.Contains("but no fewer than 8 were measured: that is an extrapolation, not advice", LawWords.Peak(fit), StringComparison.Ordinal);
    }

    [Fact]
    public void Peak_Measured_IsSaidWithItsInterval() =>
        Assert.Equal("The fitted curve peaks at 96.5 workers (95 % interval 77.9 to 157); more do less.", LawWords.Peak(UslFit.Fit(SpecSdm91).Law!));

    [Fact]
    public void Peak_None_SaysUpToWhereThatWasMeasured() =>
        Assert.StartsWith("The fitted curve has no peak: up to the 64 workers that were measured", LawWords.Peak(UslFit.Fit(RayTracer).Law!), StringComparison.Ordinal);

    [Theory]
    [InlineData(new double[] { 1, 2, 4 }, new double[] { 1, 2, 3 }, "needs points with at least 4 different counts of workers, and there are 3")]
    [InlineData(new double[] { 1, 1, 1, 1 }, new double[] { 1, 2, 3, 4 }, "all 4 points have 1 workers")]
    [InlineData(new double[] { }, new double[] { }, "there are 0")]
    [InlineData(new double[] { 1, 2, 4, 8 }, new double[] { 5, 5, 5, 5 }, "All throughputs are 5")]
    [InlineData(new double[] { 1, 2, 4, 8 }, new double[] { 5, 0, 5, 6 }, "The throughput with 2 workers is 0")]
    [InlineData(new double[] { 1, 2, 4, 8 }, new double[] { 5, -1, 5, 6 }, "The throughput with 2 workers is -1")]
    [InlineData(new double[] { 1, 2, 4, 8 }, new double[] { 5, double.NaN, 5, 6 }, "The throughput with 2 workers is NaN")]
    [InlineData(new double[] { 0, 2, 4, 8 }, new double[] { 5, 6, 7, 8 }, "A count of workers is 0")]
    public void Fit_BadPoints_SaysWhat(double[] workers, double[] throughput, string problem)
    {
        var fitted = UslFit.Fit(Points(workers, throughput));

        Assert.Null(fitted.Law);
        Assert.Contains(problem, fitted.Problem, StringComparison.Ordinal);
    }

    private static void Between(double low, double high, Interval actual)
    {
        Near(low, actual.Low);
        Near(high, actual.High);
    }
}
