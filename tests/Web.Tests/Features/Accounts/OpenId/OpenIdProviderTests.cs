using Brigade.Web.Features.Accounts.OpenId;
using Brigade.Web.Hosting;
using Microsoft.Extensions.Configuration;

namespace Brigade.Web.Tests.Features.Accounts.OpenId;

public sealed class OpenIdProviderTests
{
    [Fact]
    public void Of_Nothing_IsNone() => Assert.Null(OpenIdProvider.Of(Configuration(null, null)).Name);

    [Fact]
    public void Of_AuthorityAndClient_IsNamedByItsHost()
    {
        var provider = OpenIdProvider.Of(Configuration("https://login.example.org/team", "brigade"));

        Assert.Equal("login.example.org", provider.Name);
        Assert.True(provider.IsSecure);
        Assert.Null(provider.ClientSecret);
    }

    [Theory]
    [InlineData("https://login.example.org", null)]
    [InlineData(null, "brigade")]
    [InlineData("login.example.org", "brigade")]
    [InlineData("http://login.example.org", "brigade")]
    public void Of_IncompleteOrUnsafe_IsRefused(string? authority, string? client) => Assert.Throws<StartException>(() => OpenIdProvider.Of(Configuration(authority, client)));

    private static IConfiguration Configuration(string? authority, string? client) => new ConfigurationBuilder()
        .AddInMemoryCollection([new("Brigade:OpenIdConnect:Authority", authority), new("Brigade:OpenIdConnect:ClientId", client)])
        .Build();
}
