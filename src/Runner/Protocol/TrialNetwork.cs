using System.Net;
using System.Text.Json.Serialization;
using Brigade.Contracts.Network;

namespace Brigade.Runner.Protocol;

/// <summary>Whom the exchanges of a trial may connect to. An address that <see cref="Ranges"/> have is refused unless <see cref="Allowed"/> has it; the first range that has it counts.</summary>
/// <param name="OnlyListed">Whether all other addresses, too, have to be allowed.</param>
public sealed record TrialNetwork(bool OnlyListed, IReadOnlyList<TrialTarget> Allowed, IReadOnlyList<TrialRange> Ranges)
{
    private AddressRules? _rules;

    /// <summary>The same for .NET: one object for all workers of a process.</summary>
    [JsonIgnore]
    public AddressRules Rules => _rules ??= new AddressRules([.. Allowed.Select(target => new AllowedTarget(target.Name, target.Range is { } range ? IPNetwork.Parse(range) : null, target.Port))], OnlyListed);

    public static TrialNetwork Of(NetworkRules rules) => new(
        rules.OnlyListed,
        [.. rules.Allowed.Select(entry => AllowedTarget.TryParse(entry, out var target, out _) ? new TrialTarget(target.Name, target.Addresses?.ToString(), target.Port) : null).OfType<TrialTarget>()],
        [.. AddressRanges.All.Select(range => new TrialRange(range.Addresses.ToString(), range.What, range.IsOpenToNames))]);

    public bool Equals(TrialNetwork? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
}

/// <summary>An entry of the list: either a name, which may begin with <c>*.</c>, or a range of addresses.</summary>
/// <param name="Port">Absent for all.</param>
public sealed record TrialTarget(string? Name, string? Range, int? Port);

/// <summary>Addresses that are not public.</summary>
/// <param name="What">As in "a private address".</param>
/// <param name="OpenToNames">Whether a name on the list may lead there.</param>
public sealed record TrialRange(string Range, string What, bool OpenToNames);
