using Brigade.Runner.Trials;
using Xunit;

namespace Brigade.Runner.Tests.Trials;

public sealed class TrialMarkTests
{
    [Fact]
    public void IsOrphan_OwnMark_IsNot() => Assert.False(TrialMark.IsOrphan(TrialMark.Create()));

    [Fact]
    public void IsOrphan_SameProcessNumberOfAnotherTime_Is()
    {
        var parts = TrialMark.Create().Split('.');
        parts[2] = "1";

        Assert.True(TrialMark.IsOrphan(string.Join('.', parts)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a.b.c")]
    [InlineData("other-namespace.1.1.x")]
    public void IsOrphan_MarkOfSomebodyElse_IsNot(string mark) => Assert.False(TrialMark.IsOrphan(mark));
}
