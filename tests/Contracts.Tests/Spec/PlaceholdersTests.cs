using Brigade.Contracts.Spec;

namespace Brigade.Contracts.Tests.Spec;

public sealed class PlaceholdersTests
{
    private static readonly Dictionary<string, ParameterValue> Values = new(StringComparer.Ordinal) { ["a"] = ParameterValue.Of(1.5), ["b"] = ParameterValue.Of("{a}") };

    [Theory]
    [InlineData("", "")]
    [InlineData("{a}", "1.5")]
    [InlineData("x{a}y{b}z", "x1.5y{a}z")]
    [InlineData("{\"json\": {\"a\": {a}}}", "{\"json\": {\"a\": 1.5}}")]
    [InlineData("{index} {c} {} { {{a}} {a", "{index} {c} {} { {1.5} {a")]
    public void Fill_Text_ReplacesKnownNamesOnlyAndOnce(string text, string expected) => Assert.Equal(expected, Placeholders.Fill(text, Values));

    [Fact]
    public void Split_Text_GivesOnePieceMoreThanNames()
    {
        var (pieces, names) = Placeholders.Split("select {a}, {index} from t where x = {b}", name => name is "a" or "b" or "index");

        Assert.Equal("select |, | from t where x = |", string.Join('|', pieces));
        Assert.Equal("a index b", string.Join(' ', names));
    }
}
