namespace Brigade.Contracts.Spec.Reading;

/// <summary>Reads the fields of one object; unknown ones are reported as soon as it is made.</summary>
internal sealed class FieldReader
{
    private readonly BindContext _context;
    private readonly SpecMap? _map;
    private readonly string _pointer;

    public FieldReader(BindContext context, Located at, string section)
    {
        _context = context;
        _pointer = at.Pointer;
        _map = at.Node as SpecMap;
        if (_map is null)
        {
            context.Wrong<string>(at, $"an object with the fields {string.Join(", ", SpecFields.Of(section))}", "");
            return;
        }

        foreach (var entry in _map.Entries)
        {
            if (context.IsFull)
            {
                return;
            }

            if (!SpecFields.Of(section).Contains(entry.Key, StringComparer.Ordinal))
            {
                context.Errors.Add(new SpecError(JsonPointer.Append(_pointer, entry.Key), SpecFields.Unknown(entry.Key, _pointer, section), entry.Line, entry.Column));
                if (Suggestion.Nearest(entry.Key, SpecFields.Of(section)) is { } meant)
                {
                    context.Meant.Add(JsonPointer.Append(_pointer, meant));
                }
            }
        }
    }

    /// <summary>The value of a field that is there and not null. Null is an error, as nothing says what it would mean.</summary>
    public Located? Required(string name) => Find(name, nullMeansAbsent: false);

    /// <summary>The value of a field for which null means the same as leaving it out.</summary>
    public Located? Optional(string name) => Find(name, nullMeansAbsent: true);

    /// <summary>The field's value; <paramref name="fallback"/> where it is absent or wrong.</summary>
    public T Value<T>(string name, Func<Located, T?> read, T fallback)
        where T : struct => Required(name) is { } at ? read(at) ?? fallback : fallback;

    /// <inheritdoc cref="Value{T}(string, Func{Located, T?}, T)"/>
    public T Value<T>(string name, Func<Located, T?> read, T fallback)
        where T : class => Required(name) is { } at ? read(at) ?? fallback : fallback;

    /// <summary>The field's value; null where it is absent, null or wrong.</summary>
    public T? ValueOrNull<T>(string name, Func<Located, T?> read)
        where T : struct => Optional(name) is { } at ? read(at) : null;

    /// <summary>The text of a field; null where it is absent, null or wrong.</summary>
    public string? TextOrNull(string name) => ObjectOrNull(name, _context.Text);

    /// <summary>The object in a field; null where it is absent, null or wrong.</summary>
    public T? ObjectOrNull<T>(string name, Func<Located, T?> read)
        where T : class => Optional(name) is { } at ? read(at) : null;

    private Located? Find(string name, bool nullMeansAbsent)
    {
        if (_map?.Find(name) is not { } entry)
        {
            return null;
        }

        var pointer = JsonPointer.Append(_pointer, name);
        if (entry.Value is not SpecScalar { Kind: ScalarKind.Null })
        {
            return new Located(entry.Value, pointer);
        }

        if (!nullMeansAbsent)
        {
            _context.Errors.Add(new SpecError(pointer, $"{SpecLabel.Of(pointer)} has no value; give it one, or remove the field.", entry.Line, entry.Column));
        }

        return null;
    }
}
