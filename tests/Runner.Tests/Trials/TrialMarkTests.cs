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

    [Fact]
    public void Sweep_DirectoriesOfOthers_AreLeftAlone()
    {
        var temporary = Directory.CreateTempSubdirectory("brigade-sweep-");
        temporary.CreateSubdirectory("brigade-trial-without");
        temporary.CreateSubdirectory("brigade-trial-.x");
        var orphan = TrialMark.Create().Split('.');
        orphan[2] = "1";
        temporary.CreateSubdirectory($"brigade-trial-{string.Join('.', orphan)}.x");

        TrialMark.Sweep(temporary.FullName);

        Assert.Equal(["brigade-trial-.x", "brigade-trial-without"], temporary.GetDirectories().Select(left => left.Name).Order(StringComparer.Ordinal));
        temporary.Delete(recursive: true);
    }

    [Fact]
    public void Sweep_DirectoryThatDoesNotExist_DoesNothing() => TrialMark.Sweep("/nowhere/at/all");

    [Theory]
    [InlineData("")]
    [InlineData("a.b.c")]
    [InlineData("other-namespace.1.1.x")]
    public void IsOrphan_MarkOfSomebodyElse_IsNot(string mark) => Assert.False(TrialMark.IsOrphan(mark));
}
