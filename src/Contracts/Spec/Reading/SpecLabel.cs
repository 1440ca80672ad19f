using System.Text;

namespace Brigade.Contracts.Spec.Reading;

/// <summary>How messages name a place and what stands there.</summary>
internal static class SpecLabel
{
    private const int MaximumShown = 40;

    /// <summary>A pointer as people write a path: <c>matrix.workers[0]</c>.</summary>
    public static string Of(string pointer)
    {
        var label = new StringBuilder();
        foreach (var token in JsonPointer.Tokens(pointer))
        {
            var isIndex = label.Length > 0 && token.Length > 0 && token.All(char.IsAsciiDigit);
            label.Append(isIndex ? $"[{token}]" : label.Length > 0 ? "." : "").Append(isIndex ? "" : Shorten(token));
        }

        return label.Length == 0 ? "The spec" : label.ToString();
    }

    public static string Describe(SpecNode node) => node switch
    {
        SpecList => "a list",
        SpecMap => "an object",
        SpecScalar { Kind: ScalarKind.Null } => "empty",
        SpecScalar { Kind: ScalarKind.Text, Text: "" } => "an empty text",
        SpecScalar { Kind: ScalarKind.Text } scalar => $"the text '{Shorten(scalar.Text)}'",
        SpecScalar { Kind: ScalarKind.Number } scalar => $"the number {Shorten(scalar.Text)}",
        SpecScalar scalar => scalar.Text,
        _ => "this",
    };

    /// <summary>The text on one line, cut where it is long.</summary>
    public static string Shorten(string text)
    {
        var line = new StringBuilder(text.Length > MaximumShown ? text[..MaximumShown] : text);
        for (var i = 0; i < line.Length; i++)
        {
            if (char.IsControl(line[i]))
            {
                line[i] = ' ';
            }
        }

        if (text.Length > MaximumShown)
        {
            line.Length -= char.IsHighSurrogate(line[^1]) ? 1 : 0;
            line.Append('…');
        }

        return line.ToString();
    }
}
