using System.Net;

namespace Brigade.Contracts.Network;

/// <summary>
/// Says whether a connection may be made. It is the address that is judged, which is only known where the connection is made: whatever form the host was written in, whatever a redirect or a name
/// server has made of it. The host counts only where a list names it.
/// </summary>
public sealed class AddressRules
{
    private readonly IReadOnlyList<AllowedTarget> _allowed;
    private readonly bool _onlyListed;

    public AddressRules(IReadOnlyList<AllowedTarget> allowed, bool onlyListed) => (_allowed, _onlyListed) = (allowed, onlyListed);

    /// <summary>Entries that cannot be read allow nothing.</summary>
    public AddressRules(NetworkRules rules)
        : this([.. rules.Allowed.Select(entry => AllowedTarget.TryParse(entry, out var target, out _) ? target : null).OfType<AllowedTarget>()], rules.OnlyListed)
    {
    }

    /// <summary>How to mend a refusal, as a sentence.</summary>
    public const string Mend = "An admin can allow it in the workspace's settings, under Secrets and network.";

    /// <summary>Why a connection is refused, as the end of "… is refused: "; null where it is allowed.</summary>
    /// <param name="host">As the target was written, a name or an address.</param>
    /// <param name="address">Where the connection goes.</param>
    public string? Refusal(string host, int port, IPAddress address)
    {
        address = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : new IPAddress(address.GetAddressBytes()); // without a scope, which no range has
        var range = AddressRanges.Of(address);
        if (_allowed.Any(target => target.Has(address, port)))
        {
            return null;
        }

        var name = host.TrimEnd('.').ToLowerInvariant();
        var isNamed = _allowed.Any(target => target.Names(name, port));
        return range switch
        {
            null => isNamed || !_onlyListed ? null : "only the targets of the workspace's list may be reached, and it is not one of them",
            { IsOpenToNames: true } when isNamed => null,
            { IsOpenToNames: false } when isNamed => $"it is {range.What}, which has to be listed as an address, not by name",
            _ => $"it is {range.What}",
        };
    }

    /// <summary>The refusal of a connection, as sentences for people.</summary>
    public static string Explain(string host, IPAddress? address, string refusal)
    {
        var text = address?.ToString();
        var target = text is null || string.Equals(host.Trim('[', ']'), text, StringComparison.OrdinalIgnoreCase) ? host : $"{host} ({text})";
        return $"Connecting to {target} is refused: {refusal}. {Mend}";
    }
}
