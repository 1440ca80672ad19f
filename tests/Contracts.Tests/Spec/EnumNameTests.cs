using Brigade.Contracts.Spec;

namespace Brigade.Contracts.Tests.Spec;

public sealed class EnumNameTests
{
    [Fact]
    public void All_Strategy_IsInOrderOfDeclaration() =>
        Assert.Equal(["sequential", "threads", "async", "pool", "processes", "process-per-task"], EnumName.All<Strategy>(), StringComparer.Ordinal);

    [Fact]
    public void Of_Channel_IsKebabCase() => Assert.Equal("shared-memory", EnumName.Of(Channel.SharedMemory));

    [Theory]
    [InlineData("process-per-task", true)]
    [InlineData("ProcessPerTask", false)]
    [InlineData("5", false)]
    public void TryParse_Name_IsExact(string name, bool isKnown) => Assert.Equal(isKnown, EnumName.TryParse<Strategy>(name, out _));
}
