using System.Text.Json;
using Brigade.Contracts.Spec;

namespace Brigade.Contracts.Tests.Spec;

public sealed class ParameterValueTests
{
    [Theory]
    [InlineData("200000", "200000", true)]
    [InlineData("1.50", "1.5", true)]
    [InlineData("1e5", "100000", true)]
    [InlineData("-0.0", "0", true)]
    [InlineData("1e999", "1e999", false)]
    [InlineData("NaN", "NaN", false)]
    [InlineData("abc", "abc", false)]
    public void Parse_Scalar_IsANumberWhereItReadsAsAFiniteOne(string scalar, string text, bool isNumber)
    {
        var value = ParameterValue.Parse(scalar);

        Assert.Equal((text, isNumber), (value.Text, value.IsNumber));
    }

    [Theory]
    [InlineData("5")]
    [InlineData("0.25")]
    [InlineData("\"5\"")]
    [InlineData("\"a\"")]
    public void Json_Value_KeepsItsKind(string json) =>
        Assert.Equal(json, JsonSerializer.Serialize(JsonSerializer.Deserialize<ParameterValue>(json, BrigadeJson.Options), BrigadeJson.Options));

    [Theory]
    [InlineData("true")]
    [InlineData("[1]")]
    [InlineData("1e999")]
    public void Json_OtherValue_IsRefused(string json) => Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<ParameterValue>(json, BrigadeJson.Options));

    [Fact]
    public void Of_NotFinite_IsRefused() => Assert.Throws<ArgumentOutOfRangeException>(() => ParameterValue.Of(double.NaN));

    [Fact]
    public void TryGetLong_Fraction_IsFalse()
    {
        Assert.False(ParameterValue.Of(1.5).TryGetLong(out _));
        Assert.True(ParameterValue.Of(7).TryGetLong(out var whole));
        Assert.Equal(7, whole);
    }

    [Fact]
    public void AsDouble_Text_IsZero() => Assert.Equal((0, 1.5), (ParameterValue.Of("5").AsDouble(), ParameterValue.Of(1.5).AsDouble()));
}
