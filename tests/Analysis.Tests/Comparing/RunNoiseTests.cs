using Brigade.Analysis.Comparing;
using Xunit;

namespace Brigade.Analysis.Tests.Comparing;

public sealed class RunNoiseTests
{
    [Fact]
    public void Of_FourRuns_IsNotKnown() => Assert.Null(RunNoise.Of([100, 101, 99, 100]));

    [Fact]
    public void Of_AChangeThatLasted_CountsLittle()
    {
        double[] level = [100, 101, 99.5, 100.5, 99, 100.2];

        var steady = RunNoise.Of([.. level, .. level])!.RelativeDeviation;
        var changed = RunNoise.Of([.. level, .. level.Select(value => value * 2)])!.RelativeDeviation;

        Assert.InRange(changed, 0.3 * steady, 3 * steady);
    }

    [Fact]
    public void LargestDifference_PairsWithoutAChange_Holds99OfHundred()
    {
        var random = new Random(4);
        const int Pairs = 4_000;
        var beyond = 0;
        for (var pair = 0; pair < Pairs; pair++)
        {
            var runs = Compared.Noisy(random, 10);
            beyond += Math.Abs(Math.Log(runs[8] / runs[9])) > RunNoise.Of(runs[..8])!.LargestDifference ? 1 : 0;
        }

        Assert.InRange(beyond, 0, Pairs * 0.02);
    }
}
