using Brigade.Analysis.Laws;
using Xunit;
using static Brigade.Analysis.Tests.Laws.Published;

namespace Brigade.Analysis.Tests.Laws;

/// <summary>Expected values are of <c>Statistics/reference.R</c> (R 4.2, nls with profile intervals).</summary>
public sealed class AmdahlFitTests
{
    [Fact]
    public void Fit_RayTracer_AsR()
    {
        var fit = AmdahlFit.Fit(RayTracer).Law!;

        Near(21.8488406645, fit.Gamma);
        Near(0.0577707713019, fit.SerialShare);
        Near(1 / 0.0577707713019, fit.LargestSpeedup);
        Near(19.1720141650467, fit.Intervals.Gamma.Low);
        Near(25.0561331160292, fit.Intervals.Gamma.High);
        Near(0.0467180128131, fit.Intervals.SerialShare.Low);
        Near(0.0713886648443, fit.Intervals.SerialShare.High);
    }

    [Fact]
    public void Fit_PerfectScaling_HasNoLargestSpeedup()
    {
        var fit = AmdahlFit.Fit(Points([1, 2, 4], [10, 20, 40])).Law!;

        Near(10, fit.Gamma);
        Assert.InRange(fit.SerialShare, 0, 1e-6);
        Near(80, fit.At(8));
    }

    [Fact]
    public void Fit_TwoCounts_SaysHowManyAreNeeded() =>
        Assert.Contains("Amdahl's law needs points with at least 3 different counts of workers, and there are 2", AmdahlFit.Fit(Points([1, 2], [10, 20])).Problem, StringComparison.Ordinal);
}
