using Brigade.Runner.Remote;
using Xunit;

namespace Brigade.Runner.Tests.Remote;

public sealed class ServerAddressTests
{
    [Theory]
    [InlineData("https://brigade.example.org", "https://brigade.example.org/")]
    [InlineData("http://127.0.0.1:5080/", "http://127.0.0.1:5080/")]
    [InlineData("https://example.org/brigade", "https://example.org/brigade/")]
    public void Parse_Address_EndsWithASlash(string text, string expected) => Assert.Equal(expected, ServerAddress.Parse(text).AbsoluteUri);

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("brigade.example.org")]
    [InlineData("ftp://example.org")]
    [InlineData("https://user:password@example.org")]
    [InlineData("https://example.org?token=secret")]
    public void Parse_NoAddress_SaysHowToWriteOne(string? text) => Assert.Contains("https://brigade.example.org", Assert.Throws<FormatException>(() => ServerAddress.Parse(text)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("http://brigade.example.org", true)]
    [InlineData("http://127.0.0.1:5080", false)]
    [InlineData("https://brigade.example.org", false)]
    public void IsInTheClear_OnlyWhereItLeavesTheMachine(string text, bool expected) => Assert.Equal(expected, ServerAddress.IsInTheClear(ServerAddress.Parse(text)));
}
