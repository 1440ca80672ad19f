using Brigade.Analysis.Comparing;
using Xunit;

namespace Brigade.Analysis.Tests.Comparing;

public sealed class SampleTestTests
{
    [Theory]
    [InlineData(new double[] { 10, 10, 10 }, new double[] { 11, 11, 11 })]
    [InlineData(new double[] { 100, 102, 99 }, new double[] { 101, 103, 98 })]
    public void PValue_FewValuesWithoutSpreadOrThatOverlap_TellNothing(double[] first, double[] second) => Assert.Equal(1, SampleTest.PValue(first, second, tests: 1, significance: 0.01));

    [Fact]
    public void PValue_FewValuesFarApart_IsSmall() => Assert.InRange(SampleTest.PValue([100, 102, 99], [50, 51, 49], tests: 1, significance: 0.01), 0, 0.001);
}
