using Brigade.Web.Hosting;
using Microsoft.Extensions.Configuration;

namespace Brigade.Web.Tests.Hosting;

public sealed class ListenAddressTests
{
    [Theory]
    [InlineData(null, "http://127.0.0.1:5080")]
    [InlineData("", "http://127.0.0.1:5080")]
    [InlineData("http://127.0.0.1:0", "http://127.0.0.1:0")]
    [InlineData("http://[::1]:5081", "http://[::1]:5081")]
    [InlineData("http://localhost:5081", "http://localhost:5081")]
    public void Of_Loopback_IsTaken(string? urls, string expected) => Assert.Equal([expected], ListenAddress.Of(Configuration(urls)));

    [Theory]
    [InlineData("http://0.0.0.0:5080")]
    [InlineData("http://*:5080")]
    [InlineData("http://+:5080")]
    [InlineData("http://[::]:5080")]
    [InlineData("http://10.0.0.1:5080")]
    [InlineData("http://127.0.0.2:5080")]
    [InlineData("http://[::ffff:127.0.0.1]:5080")]
    [InlineData("http://example.com:5080")]
    [InlineData("http://127.0.0.1:5080;http://192.168.0.1:5080")]
    public void Of_NotLoopback_IsRefusedWithTheMend(string urls)
    {
        var refusal = Assert.Throws<StartException>(() => ListenAddress.Of(Configuration(urls)));

        Assert.Contains("Use for example http://127.0.0.1:", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("https://127.0.0.1:5080")]
    public void Of_NoHttpAddress_IsRefused(string urls) => Assert.Throws<StartException>(() => ListenAddress.Of(Configuration(urls)));

    [Fact]
    public void Of_KestrelSection_IsRefusedBecauseItWouldGetRoundTheCheck() =>
        Assert.Throws<StartException>(() => ListenAddress.Of(Configuration(null, ("Kestrel:Endpoints:Http:Url", "http://0.0.0.0:5080"))));

    private static IConfiguration Configuration(string? urls, params (string Key, string Value)[] more) => new ConfigurationBuilder()
        .AddInMemoryCollection([new("urls", urls), .. more.Select(pair => KeyValuePair.Create<string, string?>(pair.Key, pair.Value))])
        .Build();
}
