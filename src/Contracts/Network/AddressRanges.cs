using System.Net;

namespace Brigade.Contracts.Network;

/// <summary>Addresses that are not those of somebody's public service.</summary>
/// <param name="What">What they are, as in "a private address".</param>
/// <param name="IsOpenToNames">Whether a host name on the list may lead there. Loopback and the like have to be listed as addresses: whoever owns a name must not choose this machine.</param>
public sealed record AddressRange(IPNetwork Addresses, string What, bool IsOpenToNames);

/// <summary>The ranges of the special-purpose registries of IANA (RFC 6890 and what came after), and what carries an IPv4 address within an IPv6 one. The first that has an address says what it is.</summary>
public static class AddressRanges
{
    public static IReadOnlyList<AddressRange> All { get; } =
    [
        Of("0.0.0.0/8", "an unspecified address"),
        Of("127.0.0.0/8", "a loopback address"),
        Of("10.0.0.0/8", "a private address", isOpenToNames: true),
        Of("172.16.0.0/12", "a private address", isOpenToNames: true),
        Of("192.168.0.0/16", "a private address", isOpenToNames: true),
        Of("100.64.0.0/10", "a carrier's shared address", isOpenToNames: true),
        Of("169.254.0.0/16", "a link-local address"),
        Of("168.63.129.16/32", "an address of the cloud's own"),
        Of("192.0.0.0/24", "an address set aside for protocols"),
        Of("192.0.2.0/24", "an address for documentation"),
        Of("198.51.100.0/24", "an address for documentation"),
        Of("203.0.113.0/24", "an address for documentation"),
        Of("192.88.99.0/24", "a 6to4 relay's address"),
        Of("198.18.0.0/15", "an address for tests of networks", isOpenToNames: true),
        Of("224.0.0.0/4", "a multicast address"),
        Of("240.0.0.0/4", "a reserved address"),
        Of("::/128", "an unspecified address"),
        Of("::1/128", "a loopback address"),
        Of("::/96", "an IPv4-compatible address"),
        Of("64:ff9b::/96", "a NAT64 address, which leads to an IPv4 address"),
        Of("64:ff9b:1::/48", "a NAT64 address, which leads to an IPv4 address"),
        Of("2001::/23", "an address set aside for protocols, Teredo among them"),
        Of("2001:db8::/32", "an address for documentation"),
        Of("3fff::/20", "an address for documentation"),
        Of("2002::/16", "a 6to4 address, which leads to an IPv4 address"),
        Of("fc00::/7", "a unique-local address", isOpenToNames: true),
        Of("fe80::/10", "a link-local address"),
        Of("fec0::/10", "a site-local address"),
        Of("ff00::/8", "a multicast address"),
        Of("::/3", "a reserved address"),
        Of("4000::/2", "a reserved address"),
        Of("8000::/1", "a reserved address"),
    ];

    /// <summary>The range that an address is of; null where it is public.</summary>
    public static AddressRange? Of(IPAddress address)
    {
        foreach (var range in All)
        {
            if (range.Addresses.Contains(address))
            {
                return range;
            }
        }

        return null;
    }

    private static AddressRange Of(string range, string what, bool isOpenToNames = false) => new(IPNetwork.Parse(range), what, isOpenToNames);
}
