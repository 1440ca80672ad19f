using System.Globalization;
using System.Text;

namespace Brigade.Runner.Protocol;

/// <summary>
/// A small strict reader of JSON (RFC 8259) for one short line. The platform's readers cost a fresh process 15 ms (a document) to
/// 100 ms (a generated context) of just-in-time compilation, as much as all else on the way to a trial's first task; this one 2 ms.
/// Gives <c>Dictionary&lt;string, object?&gt;</c>, <c>List&lt;object?&gt;</c>, <see cref="string"/>, <see cref="JsonNumber"/>, boxed <see cref="bool"/> or null.
/// </summary>
internal sealed class JsonLine
{
    private const int MostDepth = 16;

    private readonly string _text;
    private int _at;
    private int _depth;

    private JsonLine(string text) => _text = text;

    /// <exception cref="FormatException">It is no JSON; the message says where.</exception>
    public static object? Parse(string text)
    {
        var reader = new JsonLine(text);
        var value = reader.Value();
        reader.SkipSpace();
        return reader._at == text.Length ? value : throw reader.Unexpected();
    }

    private object? Value()
    {
        SkipSpace();
        switch (Peek())
        {
            case '{':
                return Nested(Object);
            case '[':
                return Nested(Array);
            case '"':
                return Text();
            case 't':
                Expect("true");
                return true;
            case 'f':
                Expect("false");
                return false;
            case 'n':
                Expect("null");
                return null;
            default:
                return Number();
        }
    }

    private object Nested(Func<object> read)
    {
        if (++_depth > MostDepth)
        {
            throw Unexpected();
        }

        _at++;
        SkipSpace();
        var value = read();
        _depth--;
        return value;
    }

    private Dictionary<string, object?> Object()
    {
        var fields = new Dictionary<string, object?>(StringComparer.Ordinal);
        if (TryTake('}'))
        {
            return fields;
        }

        do
        {
            SkipSpace();
            var name = Text();
            SkipSpace();
            Expect(":");
            fields[name] = Value();
            SkipSpace();
        }
        while (TryTake(','));
        Expect("}");
        return fields;
    }

    private List<object?> Array()
    {
        var items = new List<object?>();
        if (TryTake(']'))
        {
            return items;
        }

        do
        {
            items.Add(Value());
            SkipSpace();
        }
        while (TryTake(','));
        Expect("]");
        return items;
    }

    private string Text()
    {
        Expect("\"");
        StringBuilder? unescaped = null;
        var start = _at;
        while (Peek() != '"')
        {
            var next = Peek();
            if (next < ' ')
            {
                throw Unexpected();
            }

            _at++;
            if (next == '\\')
            {
                unescaped = (unescaped ?? new StringBuilder()).Append(_text, start, _at - 1 - start).Append(Escaped());
                start = _at;
            }
        }

        var end = _at++;
        return unescaped is null ? _text.Substring(start, end - start) : unescaped.Append(_text, start, end - start).ToString();
    }

    private char Escaped()
    {
        var escape = Peek();
        _at++;
        switch (escape)
        {
            case '"' or '\\' or '/':
                return escape;
            case 'b':
                return '\b';
            case 'f':
                return '\f';
            case 'n':
                return '\n';
            case 'r':
                return '\r';
            case 't':
                return '\t';
            case 'u' when _at + 4 <= _text.Length && ushort.TryParse(_text.AsSpan(_at, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code):
                _at += 4;
                return (char)code;
            default:
                _at--;
                throw Unexpected();
        }
    }

    private JsonNumber Number()
    {
        var start = _at;
        TryTake('-');
        if (!TryTake('0'))
        {
            Digits();
        }

        if (TryTake('.'))
        {
            Digits();
        }

        if (TryTake('e') || TryTake('E'))
        {
            if (!TryTake('+'))
            {
                TryTake('-');
            }

            Digits();
        }

        return new JsonNumber(_text.Substring(start, _at - start));
    }

    private void Digits()
    {
        if (Peek() is < '0' or > '9')
        {
            throw Unexpected();
        }

        while (_at < _text.Length && _text[_at] is >= '0' and <= '9')
        {
            _at++;
        }
    }

    private void SkipSpace()
    {
        while (_at < _text.Length && _text[_at] is ' ' or '\t' or '\r' or '\n')
        {
            _at++;
        }
    }

    private char Peek() => _at < _text.Length ? _text[_at] : throw Unexpected();

    private bool TryTake(char expected)
    {
        if (_at < _text.Length && _text[_at] == expected)
        {
            _at++;
            return true;
        }

        return false;
    }

    private void Expect(string expected)
    {
        foreach (var character in expected)
        {
            if (!TryTake(character))
            {
                throw Unexpected();
            }
        }
    }

    private FormatException Unexpected() => new(_at < _text.Length
        ? string.Create(CultureInfo.InvariantCulture, $"`{_text[_at]}` is unexpected at character {_at + 1}")
        : "it ends too early");
}

/// <summary>A number as it was written.</summary>
internal sealed record JsonNumber(string Text);
