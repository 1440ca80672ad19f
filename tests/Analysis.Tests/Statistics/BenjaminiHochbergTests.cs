using Brigade.Analysis.Statistics;
using Xunit;

namespace Brigade.Analysis.Tests.Statistics;

public sealed class BenjaminiHochbergTests
{
    /// <summary>Expected values are of <c>reference.R</c> (R 4.2, p.adjust).</summary>
    [Fact]
    public void Adjust_SeveralTests_AsR() => Assert.Equal(
        [0.04, 0.008, 0.0672, 0.0672, 0.0672, 0.6857142857, 0.9, 0.2733333333],
        BenjaminiHochberg.Adjust([0.010, 0.001, 0.039, 0.041, 0.042, 0.6, 0.9, 0.205]).Select(value => Math.Round(value, 10)));

    /// <summary>The 15 tests of the authors' own example (1995, section 4): at 0.05 the four smallest are significant, where Bonferroni would have three.</summary>
    [Fact]
    public void Adjust_ExampleOfThePaper_FourAreSignificant()
    {
        double[] p = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000];

        Assert.Equal(4, BenjaminiHochberg.Adjust(p).Count(value => value <= 0.05));
    }

    [Fact]
    public void Adjust_None_IsEmpty() => Assert.Empty(BenjaminiHochberg.Adjust([]));
}
