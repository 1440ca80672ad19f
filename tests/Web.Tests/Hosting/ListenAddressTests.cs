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

    [Fact]
    public void Of_PlainHttpBeyondLoopback_NeedsAProxyThatIsTrusted()
    {
        var refusal = Assert.Throws<StartException>(() => ListenAddress.Of(Configuration("http://0.0.0.0:8080", Public)));
        Assert.Contains("Brigade__TrustedProxies", refusal.Message, StringComparison.Ordinal);

        Assert.Equal(["http://0.0.0.0:8080"], ListenAddress.Of(Configuration("http://0.0.0.0:8080", Public, ("Brigade:TrustedProxies", "172.28.0.0/24"))));
    }

    [Fact]
    public void Of_HttpsBeyondLoopback_NeedsACertificateAndListensHereForTheRunner()
    {
        var refusal = Assert.Throws<StartException>(() => ListenAddress.Of(Configuration("https://*:443", Public)));
        Assert.Contains("Kestrel__Certificates__Default__Path", refusal.Message, StringComparison.Ordinal);

        Assert.Equal(["https://*:443", "http://127.0.0.1:0"], ListenAddress.Of(Configuration("https://*:443", Public, ("Kestrel:Certificates:Default:Path", "cert.pfx"))));
    }

    [Fact]
    public void Of_SettingOfBrigade_IsTakenWhereTheCommandLineSaysNothing()
    {
        Assert.Equal(["http://127.0.0.1:6000"], ListenAddress.Of(Configuration(null, ("Brigade:Urls", "http://127.0.0.1:6000"))));
        Assert.Equal(["http://127.0.0.1:7000"], ListenAddress.Of(Configuration("http://127.0.0.1:7000", ("Brigade:Urls", "http://127.0.0.1:6000"))));
    }

    [Theory]
    [InlineData("http://[::]:8080", "http://127.0.0.1:8080")]
    [InlineData("http://0.0.0.0:8080", "http://127.0.0.1:8080")]
    [InlineData("http://[::1]:8080", "http://[::1]:8080")]
    [InlineData("https://[::]:443;http://127.0.0.1:4711", "http://127.0.0.1:4711")]
    public void Local_OfWhatIsBound_IsReachedFromHere(string bound, string expected) => Assert.Equal(expected, ListenAddress.Local(bound.Split(';')));

    private static (string Key, string Value) Public => ("Brigade:PublicUrl", "https://brigade.example.org");

    private static IConfiguration Configuration(string? urls, params (string Key, string Value)[] more) => new ConfigurationBuilder()
        .AddInMemoryCollection([new("urls", urls), .. more.Select(pair => KeyValuePair.Create<string, string?>(pair.Key, pair.Value))])
        .Build();
}
