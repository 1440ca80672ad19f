using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Brigade.Contracts;

namespace Brigade.Web.Cluster;

/// <summary>Reads what a runner sent: what the contracts do not allow to be null is refused where it is null or missing. Elements of lists are not looked at.</summary>
internal static class StrictJson
{
    private static readonly JsonSerializerOptions Options = new(BrigadeJson.Options)
    {
        RespectNullableAnnotations = true,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { RequireParameters } },
    };

    /// <exception cref="JsonException">It is no whole <typeparamref name="T"/>.</exception>
    /// <exception cref="NotSupportedException">It is of a kind that this version does not have.</exception>
    public static T? Read<T>(ReadOnlySpan<byte> utf8) => JsonSerializer.Deserialize<T>(utf8, Options);

    /// <exception cref="JsonException">It is no whole <typeparamref name="T"/>.</exception>
    public static T? Read<T>(string json) => JsonSerializer.Deserialize<T>(json, Options);

    // Nulls are left out when JSON is written, so a nullable parameter may be missing.
    private static void RequireParameters(JsonTypeInfo type)
    {
        foreach (var property in type.Properties.Where(property => property is { AssociatedParameter.IsNullable: false, PropertyType.IsValueType: false }))
            property.IsRequired = true;
    }
}
