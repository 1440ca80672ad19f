using System.Text;

namespace Brigade.Data.Queries;

/// <summary>Text from outside (a task's message, a runner's name) as both databases can keep it.</summary>
internal static class StoredText
{
    /// <summary>PostgreSQL refuses the character 0 and halves of surrogate pairs; one bad character must not make a result unstorable.</summary>
    public static string Clean(string text)
    {
        var valid = true;
        foreach (var rune in text.EnumerateRunes())
            valid &= rune != Rune.ReplacementChar && rune.Value != 0;
        if (valid)
            return text;

        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            clean.Append(rune.Value == 0 ? Rune.ReplacementChar : rune);
        return clean.ToString();
    }

    /// <summary>The form in which names are compared and sorted.</summary>
    public static string Key(string text) => Clean(text).ToLowerInvariant();

    /// <summary>A LIKE pattern (escape character \) for text that contains the given one, in the form of <see cref="Key"/>.</summary>
    public static string ContainsPattern(string search) => $"%{Escaped(search)}%";

    /// <summary>A part of a LIKE pattern (escape character \) that means the text itself, in the form of <see cref="Key"/>.</summary>
    public static string Escaped(string text) =>
        Key(text).Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal);
}
