using System.Globalization;

namespace Brigade.Contracts.Network;

/// <summary>Whom a workspace's runs, and the server on its behalf, may connect to. Public addresses may be reached, all others only where they are listed.</summary>
/// <param name="Allowed">In the forms of <see cref="AllowedTarget"/>.</param>
/// <param name="OnlyListed">Whether public addresses, too, have to be listed.</param>
public sealed record NetworkRules(IReadOnlyList<string> Allowed, bool OnlyListed = false)
{
    /// <summary>The most entries of a list.</summary>
    public const int MostEntries = 200;

    /// <summary>As it comes: all that is public, nothing else.</summary>
    public static NetworkRules PublicOnly { get; } = new([]);

    /// <summary>The same, and this machine's own loopback: for a server that nobody but the people at its machine reach.</summary>
    public NetworkRules WithLoopback() => this with { Allowed = [.. Allowed, "127.0.0.0/8", "::1"] };

    /// <summary>What is wrong with the list, as a sentence; null where nothing is.</summary>
    public string? Problem()
    {
        if (Allowed.Count > MostEntries)
        {
            return string.Create(CultureInfo.InvariantCulture, $"The list has {Allowed.Count} entries; the most is {MostEntries}.");
        }

        foreach (var entry in Allowed)
        {
            if (!AllowedTarget.TryParse(entry, out _, out var problem))
            {
                return problem;
            }
        }

        return null;
    }

    public bool Equals(NetworkRules? other) => other is not null && OnlyListed == other.OnlyListed && Allowed.SequenceEqual(other.Allowed, StringComparer.Ordinal);

    public override int GetHashCode() => HashCode.Combine(OnlyListed, Allowed.Count);
}
