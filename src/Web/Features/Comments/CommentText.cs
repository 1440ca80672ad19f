namespace Brigade.Web.Features.Comments;

/// <summary>What a piece of a comment is.</summary>
public enum CommentPartKind
{
    Text,

    /// <summary>Between backticks.</summary>
    Code,

    /// <summary>Between two asterisks on each side.</summary>
    Strong,

    /// <summary>An address of the web; nothing else becomes one.</summary>
    Link,

    /// <summary>A member's name with its @.</summary>
    Mention,
}

public sealed record CommentPart(CommentPartKind Kind, string Text);

/// <summary>
/// Takes a comment apart into pieces, which the page writes as text: there is no markup that a comment could bring. Known are <c>`code`</c>, <c>**strong**</c>, addresses that begin
/// with http:// or https://, and names of members. Everything else stays as it was typed.
/// </summary>
public static class CommentText
{
    private const string TrailingPunctuation = ".,;:!?)]}'\"";

    /// <param name="mentions">Names that are members', without their @.</param>
    public static IReadOnlyList<CommentPart> Read(string text, IReadOnlyList<string> mentions)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(mentions);
        List<CommentPart> parts = [];
        var begin = 0;
        for (var at = 0; at < text.Length;)
        {
            if (PartAt(text, at, mentions) is not var (part, length))
            {
                at++;
                continue;
            }

            if (at > begin)
                parts.Add(new CommentPart(CommentPartKind.Text, text[begin..at]));
            parts.Add(part);
            at += length;
            begin = at;
        }

        if (begin < text.Length)
            parts.Add(new CommentPart(CommentPartKind.Text, text[begin..]));
        return parts;
    }

    private static (CommentPart Part, int Length)? PartAt(string text, int at, IReadOnlyList<string> mentions) => text[at] switch
    {
        '`' => Between(text, at, "`", CommentPartKind.Code),
        '*' => Between(text, at, "**", CommentPartKind.Strong),
        '@' => Mention(text, at, mentions),
        'h' or 'H' => Link(text, at),
        _ => null,
    };

    private static (CommentPart, int)? Between(string text, int at, string mark, CommentPartKind kind)
    {
        if (string.CompareOrdinal(text, at, mark, 0, mark.Length) != 0)
            return null;
        var end = text.IndexOf(mark, at + mark.Length, StringComparison.Ordinal);
        if (end <= at + mark.Length)
            return null;
        var inside = text[(at + mark.Length)..end];
        return inside.Contains('\n', StringComparison.Ordinal) ? null : (new CommentPart(kind, inside), end + mark.Length - at);
    }

    private static (CommentPart, int)? Mention(string text, int at, IReadOnlyList<string> mentions)
    {
        var name = mentions.Where(name => name.Length > 0 && string.CompareOrdinal(text, at + 1, name, 0, name.Length) == 0).MaxBy(name => name.Length);
        return name is null ? null : (new CommentPart(CommentPartKind.Mention, "@" + name), name.Length + 1);
    }

    private static (CommentPart, int)? Link(string text, int at)
    {
        if (!text.AsSpan(at).StartsWith("https://", StringComparison.OrdinalIgnoreCase) && !text.AsSpan(at).StartsWith("http://", StringComparison.OrdinalIgnoreCase))
            return null;
        var end = at;
        while (end < text.Length && !char.IsWhiteSpace(text[end]) && text[end] is not ('<' or '>' or '"' or '`'))
            end++;
        while (end > at && TrailingPunctuation.Contains(text[end - 1], StringComparison.Ordinal))
            end--;
        var address = text[at..end];
        return Uri.TryCreate(address, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps) && uri.Host.Length > 0
            ? (new CommentPart(CommentPartKind.Link, address), end - at)
            : null;
    }
}
