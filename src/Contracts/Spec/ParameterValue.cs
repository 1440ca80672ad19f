using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Brigade.Contracts.Spec;

/// <summary>A parameter of a workload as it was written: a number or a text. Equality is by kind and canonical text.</summary>
[JsonConverter(typeof(ParameterValueConverter))]
public readonly record struct ParameterValue
{
    private ParameterValue(string text, bool isNumber) => (Text, IsNumber) = (text, isNumber);

    /// <summary>The value in invariant form, for example <c>200000</c>.</summary>
    public string Text { get; }

    public bool IsNumber { get; }

    public static ParameterValue Of(long value) => new(value.ToString(CultureInfo.InvariantCulture), isNumber: true);

    /// <exception cref="ArgumentOutOfRangeException">The number is not finite, which neither YAML nor JSON can hold.</exception>
    public static ParameterValue Of(double value)
    {
        if (!double.IsFinite(value))
        {
            throw new ArgumentOutOfRangeException(nameof(value), value, "A parameter is a finite number.");
        }

        // Negative zero would be written as -0 and read as 0.
        return new((value == 0 ? 0 : value).ToString("R", CultureInfo.InvariantCulture), isNumber: true);
    }

    public static ParameterValue Of(string value) => new(value, isNumber: false);

    /// <summary>A plain YAML or JSON scalar: a number where it reads as a finite one, else a text.</summary>
    public static ParameterValue Parse(string scalar) =>
        long.TryParse(scalar, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? Of(whole)
        : double.TryParse(scalar, NumberStyles.Float, CultureInfo.InvariantCulture, out var real) && double.IsFinite(real) ? Of(real)
        : Of(scalar);

    /// <summary>The number; 0 for a text.</summary>
    public double AsDouble() => IsNumber ? double.Parse(Text, CultureInfo.InvariantCulture) : 0;

    /// <summary>The whole number; false for a text or a fraction.</summary>
    public bool TryGetLong(out long value)
    {
        value = 0;
        return IsNumber && long.TryParse(Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
    }

    public override string ToString() => Text;
}

/// <summary>Public because JSON contexts generated in other projects create it.</summary>
public sealed class ParameterValueConverter : JsonConverter<ParameterValue>
{
    public override ParameterValue Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.Number => reader.TryGetInt64(out var whole) ? ParameterValue.Of(whole) : Real(reader.GetDouble()),
        JsonTokenType.String => ParameterValue.Of(reader.GetString()!),
        _ => throw new JsonException("A parameter is a number or a text."),
    };

    private static ParameterValue Real(double value) => double.IsFinite(value) ? ParameterValue.Of(value) : throw new JsonException("A parameter is a finite number.");

    public override void Write(Utf8JsonWriter writer, ParameterValue value, JsonSerializerOptions options)
    {
        if (value.IsNumber)
        {
            writer.WriteRawValue(value.Text);
        }
        else
        {
            writer.WriteStringValue(value.Text);
        }
    }
}
