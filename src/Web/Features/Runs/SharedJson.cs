using System.Text.Json;
using System.Text.Json.Serialization;

namespace Brigade.Web.Features.Runs;

/// <summary>A value for the browser that was written as JSON once, however many viewers it goes to.</summary>
[JsonConverter(typeof(Converter))]
public sealed class SharedJson
{
    private readonly byte[] _json;

    private SharedJson(byte[] json) => _json = json;

    /// <summary>The text, in UTF-8.</summary>
    public ReadOnlyMemory<byte> Utf8 => _json;

    /// <summary>Writes the value as calls of scripts do: names in camel case.</summary>
    public static SharedJson Of<T>(T value) => new(JsonSerializer.SerializeToUtf8Bytes(value, JsonSerializerOptions.Web));

    internal sealed class Converter : JsonConverter<SharedJson>
    {
        public override SharedJson Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Of(JsonElement.ParseValue(ref reader));

        public override void Write(Utf8JsonWriter writer, SharedJson value, JsonSerializerOptions options)
        {
            ArgumentNullException.ThrowIfNull(writer);
            writer.WriteRawValue(value._json, skipInputValidation: true);
        }
    }
}
