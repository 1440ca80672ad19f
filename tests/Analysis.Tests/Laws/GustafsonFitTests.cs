using Brigade.Analysis.Laws;
using Xunit;
using static Brigade.Analysis.Tests.Laws.Published;

namespace Brigade.Analysis.Tests.Laws;

/// <summary>Expected values are of <c>Statistics/reference.R</c> (R 4.2, lm).</summary>
public sealed class GustafsonFitTests
{
    [Fact]
    public void Fit_RayTracer_AsR()
    {
        var fit = GustafsonFit.Fit(RayTracer).Law!;

        Near(97.3762479511, fit.Gamma);
        Near(0.957967860866, fit.SerialShare);
        Assert.InRange(fit.SerialShare, fit.Intervals.SerialShare.Low, fit.Intervals.SerialShare.High);
    }

    [Fact]
    public void Fit_TwoCounts_SaysHowManyAreNeeded() =>
        Assert.Contains("Gustafson's law needs points with at least 3 different counts of workers", GustafsonFit.Fit(Points([1, 2], [10, 20])).Problem, StringComparison.Ordinal);
}
