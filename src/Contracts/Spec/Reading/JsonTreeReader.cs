using System.Text;
using System.Text.Json;

namespace Brigade.Contracts.Spec.Reading;

/// <summary>Reads one JSON document with the place of every value.</summary>
internal ref struct JsonTreeReader
{
    private readonly ReadOnlySpan<byte> _utf8;
    private Utf8JsonReader _reader;
    private int _position;
    private int _line;
    private int _column;

    private JsonTreeReader(ReadOnlySpan<byte> utf8)
    {
        _utf8 = utf8;
        _reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = SpecTree.MaximumDepth + 32 });
        _line = 1;
        _column = 1;
    }

    /// <summary>The tree; throws <see cref="SpecSyntaxException"/> where the text is not JSON. Null for an empty text.</summary>
    public static SpecNode? Read(string text)
    {
        var reader = new JsonTreeReader(Encoding.UTF8.GetBytes(text));
        try
        {
            return string.IsNullOrWhiteSpace(text) ? null : reader.ReadDocument();
        }
        catch (JsonException exception)
        {
            throw reader.Syntax(exception);
        }
    }

    private SpecNode ReadDocument()
    {
        _reader.Read();
        var root = ReadNode(0);
        _reader.Read();
        return root;
    }

    private SpecNode ReadNode(int depth)
    {
        var (line, column) = Place();
        if (depth > SpecTree.MaximumDepth)
        {
            throw SpecTree.TooDeep(line, column);
        }

        return _reader.TokenType switch
        {
            JsonTokenType.StartObject => ReadObject(line, column, depth),
            JsonTokenType.StartArray => ReadArray(line, column, depth),
            JsonTokenType.String => new SpecScalar(ReadString(line, column), ScalarKind.Text, line, column),
            JsonTokenType.Number => new SpecScalar(Encoding.UTF8.GetString(_reader.ValueSpan), ScalarKind.Number, line, column),
            JsonTokenType.Null => new SpecScalar("", ScalarKind.Null, line, column),
            _ => new SpecScalar(_reader.GetBoolean() ? "true" : "false", ScalarKind.Bool, line, column),
        };
    }

    private SpecList ReadArray(int line, int column, int depth)
    {
        var items = new List<SpecNode>();
        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
        {
            items.Add(ReadNode(depth + 1));
        }

        return new SpecList(items, line, column);
    }

    private SpecMap ReadObject(int line, int column, int depth)
    {
        var entries = new List<SpecEntry>();
        var keys = new HashSet<string>(StringComparer.Ordinal);
        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndObject)
        {
            var (keyLine, keyColumn) = Place();
            var key = ReadString(keyLine, keyColumn);
            if (!keys.Add(key))
            {
                throw SpecTree.DuplicateKey(key, keyLine, keyColumn);
            }

            _reader.Read();
            entries.Add(new SpecEntry(key, keyLine, keyColumn, ReadNode(depth + 1)));
        }

        return new SpecMap(entries, line, column);
    }

    private readonly string ReadString(int line, int column)
    {
        try
        {
            return _reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw new SpecSyntaxException("The text holds half of a surrogate pair (\\uD800 to \\uDFFF); write both halves or neither.", line, column);
        }
    }

    private (int Line, int Column) Place() => Advance((int)_reader.TokenStartIndex);

    /// <summary>Counts lines and UTF-16 columns up to a byte. Places are asked for in rising order, so the text is walked once.</summary>
    private (int Line, int Column) Advance(int target)
    {
        for (; _position < target && _position < _utf8.Length; _position++)
        {
            var octet = _utf8[_position];
            if (octet == (byte)'\n')
            {
                _line++;
                _column = 1;
            }
            else if ((octet & 0xC0) != 0x80)
            {
                _column += octet >= 0xF0 ? 2 : 1;
            }
        }

        return (_line, _column);
    }

    private SpecSyntaxException Syntax(JsonException exception)
    {
        var line = (int)(exception.LineNumber ?? 0);
        var start = 0;
        for (var passed = 0; passed < line; passed++)
        {
            start += _utf8[start..].IndexOf((byte)'\n') + 1;
        }

        var (_, column) = new JsonTreeReader(_utf8[start..]).Advance((int)(exception.BytePositionInLine ?? 0));
        return new SpecSyntaxException($"This is not valid JSON: {Readable(exception.Message)}.", line + 1, column);
    }

    /// <summary>The library's message without what is for programmers: options to change, and the place in its own counting.</summary>
    private static string Readable(string message)
    {
        if (message.Contains("trailing comma", StringComparison.Ordinal))
        {
            return "there is a comma after the last field or item; remove it";
        }

        if (message.Contains("depth to be zero", StringComparison.Ordinal))
        {
            return "the text ends before every '{' and '[' is closed";
        }

        var suffix = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return (suffix > 0 ? message[..suffix] : message).TrimEnd('.');
    }
}
