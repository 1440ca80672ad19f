using System.Text;

namespace Brigade.Analysis.Reports;

/// <summary>Text from outside in Markdown, which is to stay text.</summary>
internal static class MarkdownText
{
    private const string Special = "\\`*_{}[]<>#|~@&";

    /// <summary>A name as code, in tables too: nothing in it is markup or mentions anybody.</summary>
    public static string Code(string text) => $"`{OneLine(text).Replace('`', '\'').Replace("|", "\\|", StringComparison.Ordinal)}`";

    /// <summary>A sentence.</summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var letter in OneLine(text))
        {
            if (letter is '<' or '>' or '&' or '@')
                escaped.Append(System.Globalization.CultureInfo.InvariantCulture, $"&#{(int)letter};");
            else if (Special.Contains(letter, StringComparison.Ordinal))
                escaped.Append('\\').Append(letter);
            else
                escaped.Append(letter);
        }

        return escaped.ToString();
    }

    private static string OneLine(string text) => new([.. text.ReplaceLineEndings(" ").Select(letter => char.IsControl(letter) ? ' ' : letter)]);
}
