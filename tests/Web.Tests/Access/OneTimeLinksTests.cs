using Brigade.Web.Access;
using Brigade.Web.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Brigade.Web.Tests.Access;

public sealed class OneTimeLinksTests
{
    private readonly FakeTimeProvider _time = new(Given.Noon);
    private readonly OneTimeLinks _links;

    public OneTimeLinksTests() => _links = new OneTimeLinks(_time);

    [Fact]
    public void Redeem_FreshLink_WorksExactlyOnce()
    {
        var token = Token(_links.Create());

        Assert.True(_links.Redeem(token));
        Assert.False(_links.Redeem(token));
    }

    [Fact]
    public void Redeem_AfterADay_IsRefused()
    {
        var link = _links.Create();

        _time.Advance(TimeSpan.FromHours(24));

        Assert.Equal(Given.Noon.AddHours(24), link.ExpiresAt);
        Assert.False(_links.Redeem(Token(link)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("guess")]
    public void Redeem_Unknown_IsRefused(string token)
    {
        _links.Create();

        Assert.False(_links.Redeem(token));
    }

    [Fact]
    public void Create_Twice_BothWorkAndDiffer()
    {
        var (first, second) = (Token(_links.Create()), Token(_links.Create()));

        Assert.False(string.Equals(first, second, StringComparison.Ordinal));
        Assert.True(first.Length >= 43, "256 bits in base 64");
        Assert.True(_links.Redeem(second));
        Assert.True(_links.Redeem(first));
    }

    private static string Token(OneTimeLink link) => link.Path["/open/".Length..];
}
