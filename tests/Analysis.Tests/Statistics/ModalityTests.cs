using Brigade.Analysis.Statistics;
using Xunit;

namespace Brigade.Analysis.Tests.Statistics;

public sealed class ModalityTests
{
    [Fact]
    public void Groups_TwoGroups_GivesTheMedianOfEach()
    {
        var groups = Modality.Groups([.. Enumerable.Range(0, 30).Select(i => (i % 2 == 0 ? 100 : 130) + (i * 7 % 5 * 0.3))]);

        Assert.Equal(2, groups.Count);
        Assert.InRange(groups[0], 100, 101.2);
        Assert.InRange(groups[1], 130, 131.2);
    }

    [Fact]
    public void Groups_OneGroup_GivesItsMedian() => Assert.Equal([101.425], Modality.Groups([.. Enumerable.Range(0, 20).Select(i => 100 + (i * 7 % 20 * 0.15))]).Select(value => Math.Round(value, 9)));

    [Fact]
    public void Groups_FewOrEqualValues_AreOneGroup()
    {
        Assert.Empty(Modality.Groups([]));
        Assert.Equal([2], Modality.Groups([1, 2, 100]));
        Assert.Equal([5], Modality.Groups([.. Enumerable.Repeat(5.0, 30)]));
    }
}
