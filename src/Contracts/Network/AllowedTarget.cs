using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Brigade.Contracts.Network;

/// <summary>
/// One entry of a list of allowed targets: a host name, which may begin with <c>*.</c> for all below it, an address or a range of addresses, each with a port or for all of them. Written
/// <c>db.example.com:5432</c>, <c>*.example.com</c>, <c>10.1.2.3</c>, <c>10.0.0.0/8:443</c>, <c>fd00::/8</c>, <c>[fd00::1]:443</c>.
/// </summary>
/// <param name="Name">In lower case, with the <c>*.</c>; null where it is addresses.</param>
/// <param name="Addresses">Null where it is a name.</param>
/// <param name="Port">Null for all.</param>
public sealed record AllowedTarget(string? Name, IPNetwork? Addresses, int? Port)
{
    private const int LongestName = 253;

    /// <summary>Reads an entry.</summary>
    /// <param name="problem">A sentence that says how to write it.</param>
    public static bool TryParse(string? text, [NotNullWhen(true)] out AllowedTarget? target, out string problem)
    {
        var entry = (text ?? "").Trim();
        (target, problem) = (null, $"'{(entry.Length > 60 ? entry[..60] + "…" : entry)}' is no target: write a host name (db.example.com, *.example.com), an address (10.1.2.3) or a range (10.0.0.0/8), with a port behind it where only that is meant (10.1.2.3:5432, [fd00::1]:443).");
        if (!TrySplitPort(entry, out var host, out var port))
        {
            return false;
        }

        var addresses = Range(host);
        if (addresses is null && !IsName(host))
        {
            return false;
        }

        target = new AllowedTarget(addresses is null ? host.ToLowerInvariant() : null, addresses, port);
        return true;
    }

    /// <summary>Whether the entry names this host; false for an entry of addresses.</summary>
    public bool Names(string host, int port) => Name is { } name && IsPort(port)
        && (name.StartsWith("*.", StringComparison.Ordinal) ? host.Length > name.Length - 1 && host.EndsWith(name[1..], StringComparison.Ordinal) : string.Equals(host, name, StringComparison.Ordinal));

    /// <summary>Whether the entry has this address; false for an entry of a name.</summary>
    public bool Has(IPAddress address, int port) => Addresses is { } range && IsPort(port) && range.Contains(address);

    private bool IsPort(int port) => Port is null || Port == port;

    /// <summary>A colon with a port stands behind a name, an IPv4 address or a pair of brackets; an IPv6 address without brackets has none.</summary>
    private static bool TrySplitPort(string entry, out string host, out int? port)
    {
        (host, port) = (entry, null);
        var colon = entry.LastIndexOf(':');
        var hasBrackets = entry.StartsWith('[');
        if (colon >= 0 && (hasBrackets ? colon > entry.IndexOf(']', StringComparison.Ordinal) : entry.IndexOf(':', StringComparison.Ordinal) == colon))
        {
            if (!int.TryParse(entry.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number is < 1 or > ushort.MaxValue)
            {
                return false;
            }

            (host, port) = (entry[..colon], number);
        }

        if (hasBrackets)
        {
            if (!host.EndsWith(']'))
            {
                return false;
            }

            host = host[1..^1];
        }

        return host.Length > 0;
    }

    private static IPNetwork? Range(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (!IPAddress.TryParse(slash < 0 ? text : text[..slash], out var address) || !IsPlain(text, address))
        {
            return null;
        }

        var most = address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128;
        if (slash < 0)
        {
            return new IPNetwork(address, most);
        }

        return int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var length) && length <= most ? new IPNetwork(Masked(address, length), length) : null;
    }

    /// <summary>Not one of the many other ways to write an IPv4 address, which nobody means.</summary>
    private static bool IsPlain(string text, IPAddress address) =>
        address.AddressFamily == AddressFamily.InterNetworkV6 ? address.ScopeId == 0 && !address.IsIPv4MappedToIPv6 : text.Split('/')[0].Split('.') is { Length: 4 } parts && parts.All(part => part.Length is > 0 and <= 3 && (part.Length == 1 || part[0] != '0'));

    private static IPAddress Masked(IPAddress address, int length)
    {
        var bytes = address.GetAddressBytes();
        for (var bit = length; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] &= (byte)~(0x80 >> (bit % 8));
        }

        return new IPAddress(bytes);
    }

    private static bool IsName(string text)
    {
        var name = text.StartsWith("*.", StringComparison.Ordinal) ? text[2..] : text;
        var labels = name.Split('.');
        return name.Length is > 0 and <= LongestName
            && labels.All(label => label.Length is > 0 and <= 63 && label[0] != '-' && label[^1] != '-' && label.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_'))
            && !labels[^1].All(char.IsAsciiDigit)
            && !labels[^1].StartsWith("0x", StringComparison.OrdinalIgnoreCase);
    }
}
