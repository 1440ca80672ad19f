using System.Net;
using Brigade.Web.Hosting;
using Microsoft.Extensions.Configuration;

namespace Brigade.Web.Tests.Hosting;

public sealed class PublicAddressTests
{
    [Fact]
    public void Of_Nothing_IsThisMachineOnly()
    {
        var reach = PublicAddress.Of(Configuration());

        Assert.Null(reach.Url);
        Assert.False(reach.IsSecure);
        Assert.Empty(reach.Proxies);
    }

    [Fact]
    public void Of_UrlAndProxies_AreRead()
    {
        var reach = PublicAddress.Of(Configuration(("Brigade:PublicUrl", "https://brigade.example.org/"), ("Brigade:TrustedProxies", "10.0.0.5; 172.28.0.0/24,fd00::/64")));

        Assert.True(reach.IsSecure);
        Assert.Equal("brigade.example.org", reach.Url!.Host);
        Assert.Equal([IPNetwork.Parse("10.0.0.5/32"), IPNetwork.Parse("172.28.0.0/24"), IPNetwork.Parse("fd00::/64")], reach.Proxies);
    }

    [Theory]
    [InlineData("Brigade:PublicUrl", "brigade.example.org")]
    [InlineData("Brigade:PublicUrl", "http://brigade.example.org")]
    [InlineData("Brigade:PublicUrl", "https://brigade.example.org/below")]
    [InlineData("Brigade:PublicUrl", "https://user:secret@brigade.example.org")]
    [InlineData("Brigade:PublicUrl", "ftp://brigade.example.org")]
    [InlineData("Brigade:TrustedProxies", "proxy")]
    [InlineData("Brigade:TrustedProxies", "0.0.0.0/0")]
    [InlineData("Brigade:TrustedProxies", "::/0")]
    [InlineData("ForwardedHeaders_Enabled", "true")]
    public void Of_WhatIsNotSafe_IsRefusedWithTheMend(string setting, string value)
    {
        var refusal = Assert.Throws<StartException>(() => PublicAddress.Of(Configuration((setting, value))));

        Assert.Contains("Brigade__", refusal.Message, StringComparison.Ordinal);
    }

    private static IConfiguration Configuration(params (string Key, string Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(pair => KeyValuePair.Create<string, string?>(pair.Key, pair.Value))).Build();
}
