using Brigade.Data.Queries;
using Xunit;

namespace Brigade.Data.Tests.Queries;

public sealed class StoredTextTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("plain ünïcode 😀", "plain ünïcode 😀")]
    [InlineData("a\0b", "a\ufffdb")]
    [InlineData("a\ufffdb", "a\ufffdb")]
    public void Clean_Text_ReplacesOnlyWhatCannotBeStored(string text, string expected) => Assert.Equal(expected, StoredText.Clean(text));

    [Fact]
    public void Clean_HalfAPair_IsReplaced() => Assert.Equal("\ufffdx\ufffd", StoredText.Clean(new string(['\udc00', 'x', '\ud800'])));

    [Fact]
    public void ContainsPattern_Wildcards_AreEscaped() => Assert.Equal(@"%\%\_\\a%", StoredText.ContainsPattern(@"%_\A"));
}
