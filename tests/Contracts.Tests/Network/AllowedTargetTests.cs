using Brigade.Contracts.Network;

namespace Brigade.Contracts.Tests.Network;

public sealed class AllowedTargetTests
{
    [Theory]
    [InlineData("db.example.com", "db.example.com", null, null)]
    [InlineData(" DB.example.com:5432 ", "db.example.com", null, 5432)]
    [InlineData("*.example.com", "*.example.com", null, null)]
    [InlineData("localhost", "localhost", null, null)]
    [InlineData("10.1.2.3", null, "10.1.2.3/32", null)]
    [InlineData("10.1.2.3:80", null, "10.1.2.3/32", 80)]
    [InlineData("10.1.2.3/8", null, "10.0.0.0/8", null)]
    [InlineData("10.0.0.0/8:443", null, "10.0.0.0/8", 443)]
    [InlineData("fd00::1", null, "fd00::1/128", null)]
    [InlineData("[fd00::/8]:443", null, "fd00::/8", 443)]
    [InlineData("0.0.0.0/0", null, "0.0.0.0/0", null)]
    public void TryParse_Good_IsTakenApart(string text, string? name, string? addresses, int? port)
    {
        Assert.True(AllowedTarget.TryParse(text, out var target, out _));

        Assert.Equal((name, addresses, port), (target.Name, target.Addresses?.ToString(), target.Port));
    }

    [Theory]
    [InlineData("")]
    [InlineData("*")]
    [InlineData("a.*.com")]
    [InlineData("http://example.com")]
    [InlineData("example.com/path")]
    [InlineData("example.com:0")]
    [InlineData("example.com:65536")]
    [InlineData("10.1")]
    [InlineData("0x7f.1")]
    [InlineData("2130706433")]
    [InlineData("010.0.0.1")]
    [InlineData("10.0.0.0/33")]
    [InlineData("[fd00::1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("-a.example.com")]
    [InlineData("a b")]
    public void TryParse_Bad_SaysHowToWriteIt(string text)
    {
        Assert.False(AllowedTarget.TryParse(text, out _, out var problem));

        Assert.Contains("write a host name", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Problem_TooManyOrWrong_IsTold()
    {
        Assert.Null(new NetworkRules(["a.example.com"]).Problem());
        Assert.Contains("'x y' is no target", new NetworkRules(["a.example.com", "x y"]).Problem(), StringComparison.Ordinal);
        Assert.Contains("201 entries", new NetworkRules([.. Enumerable.Range(0, 201).Select(number => $"h{number}.example.com")]).Problem(), StringComparison.Ordinal);
    }
}
