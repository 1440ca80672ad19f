using System.Globalization;

namespace Brigade.Contracts.Spec.Reading;

/// <summary>A value of a spec's text with its place: what YAML and JSON have in common. Lines and columns count from 1.</summary>
internal abstract record SpecNode(int Line, int Column);

internal enum ScalarKind
{
    Null,
    Bool,
    Number,
    Text,
}

internal sealed record SpecScalar(string Text, ScalarKind Kind, int Line, int Column) : SpecNode(Line, Column);

internal sealed record SpecList(IReadOnlyList<SpecNode> Items, int Line, int Column) : SpecNode(Line, Column);

internal sealed record SpecMap(IReadOnlyList<SpecEntry> Entries, int Line, int Column) : SpecNode(Line, Column)
{
    public SpecEntry? Find(string key)
    {
        foreach (var entry in Entries)
        {
            if (string.Equals(entry.Key, key, StringComparison.Ordinal))
            {
                return entry;
            }
        }

        return null;
    }
}

/// <param name="Line">Where the key stands.</param>
internal sealed record SpecEntry(string Key, int Line, int Column, SpecNode Value);

/// <summary>The text cannot be made into a tree; reading stops at the first such place.</summary>
internal sealed class SpecSyntaxException(string message, int line, int column) : Exception(message)
{
    public int Line { get; } = line;

    public int Column { get; } = column;
}

internal static class SpecTree
{
    /// <summary>Deeper than any spec, and shallow enough that recursion over a tree is safe.</summary>
    public const int MaximumDepth = 32;

    public static SpecSyntaxException TooDeep(int line, int column) =>
        new($"The spec is nested more than {MaximumDepth} levels deep; no field of a spec needs that.", line, column);

    public static SpecSyntaxException DuplicateKey(string key, int line, int column) =>
        new($"'{key}' is given twice; remove one of the two.", line, column);

    /// <summary>The place of a pointer's value: of the key for a list or an object, and of the nearest parent where there is no such value.</summary>
    public static (int Line, int Column) Locate(SpecNode root, string pointer)
    {
        var node = root;
        var place = (root.Line, root.Column);
        foreach (var token in JsonPointer.Tokens(pointer))
        {
            if (node is SpecMap map && map.Find(token) is { } entry)
            {
                node = entry.Value;
                place = node is SpecScalar ? (node.Line, node.Column) : (entry.Line, entry.Column);
            }
            else if (node is SpecList list && int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < list.Items.Count)
            {
                node = list.Items[index];
                place = (node.Line, node.Column);
            }
            else
            {
                break;
            }
        }

        return place;
    }
}
