using System.Text;
using System.Text.Json;

namespace Brigade.Analysis.Importing;

/// <summary>A file as it came: its name and bytes, read as JSON or CSV when a tool asks for it.</summary>
public sealed class ImportFile
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = ImportLimits.MaximumDepth };

    private readonly Lazy<(JsonElement? Root, ImportException? Problem)> _json;

    /// <param name="name">Only for the name of the experiment.</param>
    /// <exception cref="ImportException">It is too large, empty, or no text.</exception>
    public ImportFile(string name, ReadOnlyMemory<byte> content)
    {
        if (content.Length > ImportLimits.MaximumBytes)
            throw new ImportException($"The file is larger than the most that is read, {ImportLimits.MaximumBytes >> 20} MiB. Leave out the single measurements, or import it in parts.");
        Name = name;
        Utf8 = content.Span.StartsWith(Encoding.UTF8.Preamble) ? content[Encoding.UTF8.Preamble.Length..] : content;
        if (Utf8.Span.IndexOfAnyExcept(" \t\r\n"u8) < 0)
            throw new ImportException("The file is empty.");
        if (!System.Text.Unicode.Utf8.IsValid(Utf8.Span))
            throw new ImportException("The file is not text in UTF-8; save it as UTF-8.");
        _json = new(Parse);
    }

    public string Name { get; }

    public ReadOnlyMemory<byte> Utf8 { get; }

    /// <summary>Whether it looks like JSON rather than CSV.</summary>
    public bool IsJson => Utf8.Span.TrimStart(" \t\r\n"u8) is [(byte)'{' or (byte)'[', ..];

    /// <summary>The JSON's root; null where it is not whole.</summary>
    internal JsonElement? Root => _json.Value.Root;

    /// <exception cref="ImportException">It is no JSON.</exception>
    internal JsonItem Json => _json.Value.Root is { } root ? new JsonItem(root, "") : throw _json.Value.Problem!;

    internal string Text => Encoding.UTF8.GetString(Utf8.Span);

    private (JsonElement? Root, ImportException? Problem) Parse()
    {
        try
        {
            using var document = JsonDocument.Parse(Utf8, Options);
            return (document.RootElement.Clone(), null);
        }
        catch (JsonException exception)
        {
            return (null, Problem(exception));
        }
    }

    private ImportException Problem(JsonException exception)
    {
        var (line, column) = ((int)(exception.LineNumber ?? 0) + 1, (int)(exception.BytePositionInLine ?? 0) + 1);
        var cut = exception.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        var why = (cut > 0 ? exception.Message[..cut] : exception.Message).TrimEnd('.');
        return new ImportException(
            exception.Message.Contains("'N'", StringComparison.Ordinal) || exception.Message.Contains("'I'", StringComparison.Ordinal)
                ? "There is a number that is none (NaN or Infinity), which JSON cannot hold. Something was not measured; run the benchmark again."
                : exception.Message.Contains("maximum configured depth", StringComparison.Ordinal) ? $"The JSON is nested more than {ImportLimits.MaximumDepth} levels deep; no tool writes that."
                : $"This is not valid JSON: {why}.",
            line: line,
            column: column);
    }
}
