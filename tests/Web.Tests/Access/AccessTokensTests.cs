using Brigade.Web.Access;
using Brigade.Web.Hosting;

namespace Brigade.Web.Tests.Access;

public sealed class AccessTokensTests
{
    [Fact]
    public void AccessTokens_ShortToken_IsRefusedWithTheMend()
    {
        var refusal = Assert.Throws<StartException>(() => new AccessTokens("short"));

        Assert.Contains("at least 16 characters", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void IsScript_NoTokenConfigured_NothingMatches(string? none)
    {
        var tokens = new AccessTokens(none);

        Assert.False(tokens.IsScript(""));
        Assert.False(tokens.IsScript(tokens.EmbeddedRunnerToken));
    }

    [Fact]
    public void IsScript_TheToken_MatchesAndNoOther()
    {
        var tokens = new AccessTokens("0123456789abcdef");

        Assert.True(tokens.IsScript("0123456789abcdef"));
        Assert.False(tokens.IsScript("0123456789abcdeF"));
        Assert.False(tokens.IsEmbeddedRunner("0123456789abcdef"));
    }

    [Fact]
    public void EmbeddedRunnerToken_EachStart_IsAnother() =>
        Assert.False(new AccessTokens(null).IsEmbeddedRunner(new AccessTokens(null).EmbeddedRunnerToken));
}
