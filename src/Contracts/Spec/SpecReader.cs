using System.Text;
using Brigade.Contracts.Spec.Reading;

namespace Brigade.Contracts.Spec;

public enum SpecFormat
{
    Yaml,
    Json,
}

/// <summary>Where a spec comes from.</summary>
public enum SpecOrigin
{
    /// <summary>A file on this machine: <c>code.file</c> names a file beside it, which the command line reads.</summary>
    File,

    /// <summary>The browser or the REST API: there are no files beside it, so code has to come as <c>code.source</c>.</summary>
    Request,
}

/// <summary>Reads a spec from YAML or JSON. Both go through one tree with positions, one binder and one validator, so all three ways in give the same messages.</summary>
public static class SpecReader
{
    /// <summary>The longest text that is read, in bytes of UTF-8.</summary>
    public const int MaximumBytes = 1024 * 1024;

    /// <summary>The most errors that are told at once.</summary>
    public const int MaximumErrors = 100;

    /// <summary>Reads and validates. Unknown fields, wrong types and values out of range are errors with pointer, line and column. Never throws.</summary>
    /// <param name="asSearch">Whether it is read as a search, also where it has none: lists that its matrix leaves out then mean all that make sense.</param>
    public static SpecReading Read(string text, SpecFormat format, SpecOrigin origin = SpecOrigin.File, bool asSearch = false)
    {
        try
        {
            return Parse(text, format) is { } root ? Bind(root, origin, asSearch) : Failure("The spec is empty; the smallest has 'version', 'name' and 'workload'.", 1, 1);
        }
        catch (SpecSyntaxException exception)
        {
            return Failure(exception.Message, exception.Line, exception.Column);
        }
    }

    /// <summary>The format of a file by its name: JSON for <c>.json</c>, else YAML.</summary>
    public static SpecFormat FormatOf(string fileName) => fileName.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? SpecFormat.Json : SpecFormat.Yaml;

    private static SpecNode? Parse(string text, SpecFormat format)
    {
        text = text.StartsWith('\uFEFF') ? text[1..] : text;
        var bytes = Encoding.UTF8.GetByteCount(text);
        if (bytes > MaximumBytes)
        {
            throw new SpecSyntaxException(FormattableString.Invariant($"The spec has {bytes:N0} bytes; the most is {MaximumBytes:N0}."), 1, 1);
        }

        RefuseLoneSurrogates(text);
        return format == SpecFormat.Json ? JsonTreeReader.Read(text) : YamlTreeReader.Read(text);
    }

    private static void RefuseLoneSurrogates(string text)
    {
        var rest = text.AsSpan();
        while (!rest.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(rest, out _, out var length) != System.Buffers.OperationStatus.Done)
            {
                var before = text.AsSpan(0, text.Length - rest.Length);
                throw new SpecSyntaxException("The text is not valid Unicode here; save it as UTF-8.", before.Count('\n') + 1, before.Length - before.LastIndexOf('\n'));
            }

            rest = rest[length..];
        }
    }

    private static SpecReading Bind(SpecNode root, SpecOrigin origin, bool asSearch)
    {
        var binder = new SpecBinder(asSearch);
        var spec = asSearch ? SearchSpec.Of(binder.Bind(root)) : binder.Bind(root);

        // A field that could not be read holds a default: what the rules say about it, or about what holds it, would mislead.
        var known = binder.Errors.Take(MaximumErrors).ToList();
        List<string> doubtful = [.. known.Select(error => error.Pointer), .. binder.Meant];
        var broken = SpecValidator.Validate(spec, origin)
            .Take(MaximumErrors)
            .Where(error => !doubtful.Exists(pointer => JsonPointer.AreRelated(pointer, error.Pointer)))
            .Select(error => Place(root, error));
        List<SpecError> errors = [.. known.Concat(broken).OrderBy(error => error.Line).ThenBy(error => error.Column).Take(MaximumErrors)];
        return errors.Count == 0 ? new SpecReading(spec, []) : new SpecReading(null, errors);
    }

    private static SpecError Place(SpecNode root, SpecError error)
    {
        var (line, column) = SpecTree.Locate(root, error.Pointer);
        return error with { Line = line, Column = column };
    }

    private static SpecReading Failure(string message, int line, int column) => new(null, [new SpecError("", message, line, column)]);
}
