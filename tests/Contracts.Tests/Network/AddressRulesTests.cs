using System.Net;
using Brigade.Contracts.Network;

namespace Brigade.Contracts.Tests.Network;

public sealed class AddressRulesTests
{
    [Theory]
    [InlineData("127.0.0.1", "a loopback address")]
    [InlineData("127.255.255.254", "a loopback address")]
    [InlineData("0.0.0.0", "an unspecified address")]
    [InlineData("10.0.0.1", "a private address")]
    [InlineData("172.16.0.1", "a private address")]
    [InlineData("172.31.255.255", "a private address")]
    [InlineData("192.168.1.1", "a private address")]
    [InlineData("169.254.169.254", "a link-local address")]
    [InlineData("100.64.0.1", "a carrier's shared address")]
    [InlineData("100.100.100.200", "a carrier's shared address")]
    [InlineData("168.63.129.16", "an address of the cloud's own")]
    [InlineData("192.0.2.1", "an address for documentation")]
    [InlineData("198.51.100.7", "an address for documentation")]
    [InlineData("203.0.113.7", "an address for documentation")]
    [InlineData("198.18.0.1", "an address for tests of networks")]
    [InlineData("224.0.0.1", "a multicast address")]
    [InlineData("255.255.255.255", "a reserved address")]
    [InlineData("::", "an unspecified address")]
    [InlineData("::1", "a loopback address")]
    [InlineData("::127.0.0.1", "an IPv4-compatible address")]
    [InlineData("::ffff:127.0.0.1", "a loopback address")]
    [InlineData("::ffff:10.1.2.3", "a private address")]
    [InlineData("64:ff9b::7f00:1", "a NAT64 address, which leads to an IPv4 address")]
    [InlineData("64:ff9b:1::a00:1", "a NAT64 address, which leads to an IPv4 address")]
    [InlineData("2002:7f00:1::", "a 6to4 address, which leads to an IPv4 address")]
    [InlineData("2001:0:1:2::3", "an address set aside for protocols, Teredo among them")]
    [InlineData("2001:db8::1", "an address for documentation")]
    [InlineData("fd00:ec2::254", "a unique-local address")]
    [InlineData("fe80::1%2", "a link-local address")]
    [InlineData("fec0::1", "a site-local address")]
    [InlineData("ff02::1", "a multicast address")]
    [InlineData("100::1", "a reserved address")]
    [InlineData("5f00::1", "a reserved address")]
    [InlineData("c000::1", "a reserved address")]
    public void Refusal_NotPublic_SaysWhatItIs(string address, string what) => Assert.Equal($"it is {what}", Rules().Refusal("host", 80, IPAddress.Parse(address)));

    [Theory]
    [InlineData("1.1.1.1")]
    [InlineData("172.32.0.1")]
    [InlineData("100.128.0.1")]
    [InlineData("::ffff:8.8.8.8")]
    [InlineData("2606:4700::1111")]
    public void Refusal_Public_IsNone(string address) => Assert.Null(Rules().Refusal("host", 80, IPAddress.Parse(address)));

    [Fact]
    public void Refusal_ListedAddress_IsNoneForItsPort()
    {
        var rules = Rules("10.0.0.0/8:5432", "127.0.0.1", "[fd00::/8]:443");

        Assert.Null(rules.Refusal("db", 5432, IPAddress.Parse("10.9.8.7")));
        Assert.NotNull(rules.Refusal("db", 5433, IPAddress.Parse("10.9.8.7")));
        Assert.Null(rules.Refusal("x", 1, IPAddress.Parse("::ffff:127.0.0.1")));
        Assert.NotNull(rules.Refusal("x", 1, IPAddress.Parse("127.0.0.2")));
        Assert.Null(rules.Refusal("x", 443, IPAddress.Parse("fd12::1")));
    }

    [Fact]
    public void Refusal_ListedName_OpensPrivateAddressesOnly()
    {
        var rules = Rules("db.example.com", "*.inner.example.com:443");

        Assert.Null(rules.Refusal("DB.example.com.", 1, IPAddress.Parse("10.0.0.1")));
        Assert.Null(rules.Refusal("a.b.inner.example.com", 443, IPAddress.Parse("fd00::1")));
        Assert.NotNull(rules.Refusal("a.b.inner.example.com", 80, IPAddress.Parse("fd00::1")));
        Assert.NotNull(rules.Refusal("inner.example.com", 443, IPAddress.Parse("10.0.0.1")));
        Assert.NotNull(rules.Refusal("evil-db.example.com", 1, IPAddress.Parse("10.0.0.1")));
        Assert.Equal("it is a loopback address, which has to be listed as an address, not by name", rules.Refusal("db.example.com", 1, IPAddress.Loopback));
        Assert.NotNull(rules.Refusal("db.example.com", 1, IPAddress.Parse("169.254.169.254")));
    }

    [Fact]
    public void Refusal_OnlyListed_ClosesPublicAddresses()
    {
        var rules = new AddressRules(new NetworkRules(["api.example.com", "9.9.9.9"], OnlyListed: true));

        Assert.Null(rules.Refusal("api.example.com", 443, IPAddress.Parse("1.1.1.1")));
        Assert.Null(rules.Refusal("9.9.9.9", 443, IPAddress.Parse("9.9.9.9")));
        Assert.StartsWith("only the targets", rules.Refusal("other.example.com", 443, IPAddress.Parse("1.1.1.1")), StringComparison.Ordinal);
    }

    [Fact]
    public void WithLoopback_Rules_OpenBothForms()
    {
        var rules = new AddressRules(NetworkRules.PublicOnly.WithLoopback());

        Assert.Null(rules.Refusal("localhost", 80, IPAddress.IPv6Loopback));
        Assert.Null(rules.Refusal("127.0.0.1", 80, IPAddress.Loopback));
        Assert.NotNull(rules.Refusal("192.168.0.1", 80, IPAddress.Parse("192.168.0.1")));
    }

    private static AddressRules Rules(params string[] allowed) => new(new NetworkRules(allowed));
}
