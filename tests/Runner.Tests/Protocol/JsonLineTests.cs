using System.Globalization;
using System.Text.Json;
using Brigade.Runner.Protocol;
using CsCheck;
using Xunit;

namespace Brigade.Runner.Tests.Protocol;

public sealed class JsonLineTests
{
    [Fact]
    public void Parse_AnythingThatThePlatformWrites_GivesTheSame()
    {
        var text = Gen.OneOf(Gen.String, Gen.String[Gen.Char["\"\\/\b\f\n\r\té😀{}[]:, "], 0, 20]);
        var scalar = Gen.OneOf(text.Select(value => (object?)value), Gen.Long.Select(value => (object?)value), Gen.Double.Where(double.IsFinite).Select(value => (object?)value), Gen.Bool.Select(value => (object?)value), Gen.Const((object?)null));
        var list = scalar.List[0, 5].Select(values => (object?)values);
        Gen.Dictionary(text, Gen.OneOf(scalar, list))[0, 6].Sample(
            value =>
            {
                var json = JsonSerializer.Serialize(value);
                return JsonSerializer.Serialize(Plain(JsonLine.Parse(json))) == json;
            },
            iter: 2000);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{\"a\"")]
    [InlineData("{\"a\":1,}")]
    [InlineData("[1 2]")]
    [InlineData("{} x")]
    [InlineData("\"a\nb\"")]
    [InlineData("\"\\x\"")]
    [InlineData("\"\\u12\"")]
    [InlineData("01")]
    [InlineData("1.")]
    [InlineData("-")]
    [InlineData("NaN")]
    [InlineData("tru")]
    [InlineData("[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]")]
    public void Parse_NoJson_Throws(string text) => Assert.Throws<FormatException>(() => JsonLine.Parse(text));

    [Fact]
    public void Parse_Garbage_ThrowsOrGivesAValue() =>
        Gen.String[Gen.Char["{}[]\",:\\utrfn0123456789.-+eE "], 0, 30].Sample(
            text =>
            {
                try
                {
                    JsonLine.Parse(text);
                }
                catch (FormatException)
                {
                    Assert.ThrowsAny<JsonException>(() => JsonDocument.Parse(text));
                    return;
                }

                using var document = JsonDocument.Parse(text);
            },
            iter: 5000);

    private static object? Plain(object? value) => value switch
    {
        JsonNumber number when long.TryParse(number.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) && number.Text != "-0" => whole,
        JsonNumber number => double.Parse(number.Text, CultureInfo.InvariantCulture),
        List<object?> list => list.ConvertAll(Plain),
        Dictionary<string, object?> fields => fields.ToDictionary(field => field.Key, field => Plain(field.Value), StringComparer.Ordinal),
        _ => value,
    };
}
