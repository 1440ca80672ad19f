using System.Text;
using Brigade.Contracts.Spec;

namespace Brigade.Runner.Runs;

/// <summary>A spec read from a file, its code inlined; or everything that is wrong with it.</summary>
/// <param name="Errors">Ready to print, each with the file's name and the position in it.</param>
internal sealed record SpecFileReading(ExperimentSpec? Spec, IReadOnlyList<string> Errors);

/// <summary>Reads specs from files, and the code files that they name.</summary>
internal static class SpecFile
{
    public const int MaximumCodeBytes = 256 * 1024;

    /// <param name="asSearch">Whether it is read as a search, also where it has none.</param>
    public static async Task<SpecFileReading> ReadAsync(string path, CancellationToken cancellation = default, bool asSearch = false)
    {
        var (text, problem) = await TextAsync(path, SpecReader.MaximumBytes, cancellation);
        if (text is null)
        {
            return new SpecFileReading(null, [$"{path}:1:1: {problem}"]);
        }

        var isJson = SpecReader.FormatOf(path) == SpecFormat.Json || text.AsSpan().TrimStart("\uFEFF \t\r\n").StartsWith("{");
        var reading = SpecReader.Read(text, isJson ? SpecFormat.Json : SpecFormat.Yaml, asSearch: asSearch);
        return reading.Spec is not { } spec || !reading.IsValid
            ? new SpecFileReading(null, [.. reading.Errors.Select(error => $"{path}:{Math.Max(1, error.Line)}:{Math.Max(1, error.Column)}: {error.Message}")])
            : await InlineAsync(path, text, spec, cancellation);
    }

    private static async Task<SpecFileReading> InlineAsync(string path, string text, ExperimentSpec spec, CancellationToken cancellation)
    {
        if (spec.Workload.Code is not { File: { } file, Source: null } code)
        {
            return new SpecFileReading(spec, []);
        }

        var (line, column) = PositionOf(text, file);
        var codePath = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path)) ?? "", file);
        var (source, problem) = await TextAsync(codePath, MaximumCodeBytes, cancellation);
        if (source is null)
        {
            return new SpecFileReading(null, [$"{path}:{line}:{column}: workload.code.file: {problem} (It is looked for beside the spec, at {codePath}.)"]);
        }

        var inlined = spec with { Workload = spec.Workload with { Code = code with { Source = source } } };
        return new SpecFileReading(inlined, [.. SpecValidator.Validate(inlined).Select(error => $"{path}:{line}:{column}: {error.Message}")]) is { Errors.Count: > 0 } invalid
            ? invalid with { Spec = null }
            : new SpecFileReading(inlined, []);
    }

    /// <summary>Where the name of the code file is written; the start of the text where it is written in some other way than plainly.</summary>
    private static (int Line, int Column) PositionOf(string text, string file)
    {
        var at = text.IndexOf(file, StringComparison.Ordinal);
        return at < 0 ? (1, 1) : (text.AsSpan(0, at).Count('\n') + 1, at - text.LastIndexOf('\n', Math.Max(0, at - 1)));
    }

    /// <summary>The text of a file, or why it cannot be had.</summary>
    public static async Task<(string? Text, string Problem)> TextAsync(string path, int most, CancellationToken cancellation)
    {
        try
        {
            if (Directory.Exists(path))
            {
                return (null, "This is a directory; name a file.");
            }

            await using var stream = File.OpenRead(path);
            var buffer = new byte[most + 1];
            var read = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation);
            return read > most
                ? (null, FormattableString.Invariant($"The file is larger than the most that is read, {most / 1024} KiB."))
                : (new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(buffer, 0, read).TrimStart('\uFEFF'), "");
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return (null, "There is no such file.");
        }
        catch (UnauthorizedAccessException)
        {
            return (null, "The file may not be read; check its permissions.");
        }
        catch (DecoderFallbackException exception)
        {
            return (null, FormattableString.Invariant($"The file is not text in UTF-8 (at byte {exception.Index}); save it as UTF-8."));
        }
        catch (IOException exception)
        {
            return (null, $"The file cannot be read: {exception.Message}");
        }
    }
}
