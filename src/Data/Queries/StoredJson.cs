using System.Text.Json;
using Brigade.Contracts;
using Brigade.Contracts.Spec;

namespace Brigade.Data.Queries;

/// <summary>
/// Records in text columns. A spec is stored as the plain JSON of its record and read back without validation, so that it
/// stays readable when the rules for new specs grow stricter.
/// </summary>
internal static class StoredJson
{
    public static string Write<T>(T value) => JsonSerializer.Serialize(value, BrigadeJson.Options);

    public static T Read<T>(string json) =>
        JsonSerializer.Deserialize<T>(json, BrigadeJson.Options) ?? throw new InvalidDataException($"A stored {typeof(T).Name} is empty.");

    public static T? ReadOptional<T>(string? json)
        where T : class => json is null ? null : Read<T>(json);

    /// <summary>Parameters with their names in order, so that equal ones are equal text.</summary>
    public static string WriteParams(IReadOnlyDictionary<string, ParameterValue> parameters) =>
        Write(new SortedDictionary<string, ParameterValue>(parameters.ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal));
}
