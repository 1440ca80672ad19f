using System.Text.Json;
using Brigade.Contracts.Network;

namespace Brigade.Contracts.Messages;

/// <summary>What a run gets beside its spec. It travels to the runner with the run and is written down nowhere there.</summary>
/// <param name="Network">Whom its exchanges may connect to.</param>
/// <param name="Secrets">The values of the secrets that the spec names, as far as they are stored.</param>
/// <param name="Problem">Why the secrets could not be had, as a sentence; empty where they could.</param>
public sealed record RunOrder(NetworkRules Network, IReadOnlyDictionary<string, string> Secrets, string Problem = "")
{
    private static readonly IReadOnlyDictionary<string, string> NoSecrets = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Public addresses, and no secrets.</summary>
    public static RunOrder Least { get; } = new(NetworkRules.PublicOnly, NoSecrets);

    public static RunOrder Of(NetworkRules network) => new(network, NoSecrets);

    public string ToJson() => JsonSerializer.Serialize(this, BrigadeJson.Options);

    /// <summary>Reads an order; one that is absent or cannot be read allows the least.</summary>
    public static RunOrder Read(string json)
    {
        try
        {
            return json.Length == 0 ? Least : JsonSerializer.Deserialize<RunOrder>(json, BrigadeJson.Options) ?? Least;
        }
        catch (JsonException)
        {
            return Least with { Problem = "The runner cannot read what the server sent with the run. Use the same version of both." };
        }
    }

    /// <summary>Without the secrets: a record's own text would hold them.</summary>
    public override string ToString() => nameof(RunOrder);
}
