using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Brigade.Contracts.Spec.Reading;

/// <summary>Reads one YAML document of plain data: no anchors and aliases (a few lines of them can stand for gigabytes), no tags.</summary>
internal sealed class YamlTreeReader
{
    private readonly Parser _parser;

    private YamlTreeReader(string text) => _parser = new Parser(new StringReader(text));

    /// <summary>The tree; throws <see cref="SpecSyntaxException"/> where the text is not such a document. Null for an empty one.</summary>
    public static SpecNode? Read(string text)
    {
        var reader = new YamlTreeReader(text);
        try
        {
            return reader.ReadDocument();
        }
        catch (YamlException exception)
        {
            var hint = exception.Message.Contains("invalid mapping", StringComparison.Ordinal) ? "; check the indentation, and put a text that holds ': ' in quotes" : "";
            throw new SpecSyntaxException($"This is not valid YAML: {exception.Message.TrimEnd('.')}{hint}.", Line(exception.Start), Column(exception.Start));
        }
        catch (Exception exception) when (exception is not SpecSyntaxException)
        {
            // The library's scanner is known to fail on some malformed texts with other exceptions than its own.
            var mark = reader._parser.Current?.Start ?? Mark.Empty;
            throw new SpecSyntaxException("This is not valid YAML.", Line(mark), Column(mark));
        }
    }

    private static int Line(Mark mark) => (int)Math.Max(1, mark.Line);

    private static int Column(Mark mark) => (int)Math.Max(1, mark.Column);

    private SpecNode? ReadDocument()
    {
        Next();
        if (Next() is not DocumentStart)
        {
            return null;
        }

        Next();
        var root = ReadNode(0);
        Next();
        if (Next() is DocumentStart second)
        {
            throw new SpecSyntaxException("There is more than one document in the file; give one spec and remove the rest.", Line(second.Start), Column(second.Start));
        }

        return root;
    }

    private ParsingEvent Next()
    {
        if (!_parser.MoveNext() || _parser.Current is not { } current)
        {
            throw new SpecSyntaxException("The text ends too early.", 1, 1);
        }

        return current;
    }

    /// <summary>Reads the node that starts at the current event, and leaves its last event current.</summary>
    private SpecNode ReadNode(int depth)
    {
        var start = _parser.Current!;
        var (line, column) = (Line(start.Start), Column(start.Start));
        if (depth > SpecTree.MaximumDepth)
        {
            throw SpecTree.TooDeep(line, column);
        }

        if (start is AnchorAlias || start is NodeEvent { Anchor.IsEmpty: false })
        {
            throw new SpecSyntaxException("Anchors (&) and aliases (*) are not allowed in a spec; write the value out, or put the text in quotes.", line, column);
        }

        if (start is NodeEvent { Tag: { IsEmpty: false, IsNonSpecific: false } })
        {
            throw new SpecSyntaxException("Tags (!) are not allowed in a spec; remove it, or put the text in quotes.", line, column);
        }

        return start switch
        {
            Scalar scalar => new SpecScalar(scalar.Value, KindOf(scalar), line, column),
            SequenceStart => ReadSequence(line, column, depth),
            MappingStart => ReadMapping(line, column, depth),
            _ => throw new SpecSyntaxException("This is not valid YAML.", line, column),
        };
    }

    private SpecList ReadSequence(int line, int column, int depth)
    {
        var items = new List<SpecNode>();
        while (Next() is not SequenceEnd)
        {
            items.Add(ReadNode(depth + 1));
        }

        return new SpecList(items, line, column);
    }

    private SpecMap ReadMapping(int line, int column, int depth)
    {
        var entries = new List<SpecEntry>();
        var keys = new HashSet<string>(StringComparer.Ordinal);
        while (Next() is not MappingEnd)
        {
            if (ReadNode(depth + 1) is not SpecScalar key)
            {
                throw new SpecSyntaxException("A field's name has to be a plain text; a '{' or '[' that starts a text needs quotes.", Line(_parser.Current!.Start), Column(_parser.Current.Start));
            }

            if (!keys.Add(key.Text))
            {
                throw SpecTree.DuplicateKey(key.Text, key.Line, key.Column);
            }

            Next();
            entries.Add(new SpecEntry(key.Text, key.Line, key.Column, ReadNode(depth + 1)));
        }

        return new SpecMap(entries, line, column);
    }

    private static ScalarKind KindOf(Scalar scalar) => scalar.Style is ScalarStyle.Plain ? KindOfPlain(scalar.Value) : ScalarKind.Text;

    /// <summary>What a plain YAML scalar is, as the core schema says, without its octal and hexadecimal numbers.</summary>
    internal static ScalarKind KindOfPlain(string text) => text switch
    {
        "" or "~" or "null" or "Null" or "NULL" => ScalarKind.Null,
        "true" or "True" or "TRUE" or "false" or "False" or "FALSE" => ScalarKind.Bool,
        _ => double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out _)
            && text.AsSpan().IndexOfAnyInRange('0', '9') >= 0 ? ScalarKind.Number : ScalarKind.Text,
    };
}
