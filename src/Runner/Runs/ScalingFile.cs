using System.Globalization;
using Brigade.Analysis.Laws;
using CsvHelper;
using CsvHelper.Configuration;

namespace Brigade.Runner.Runs;

/// <summary>Points of a scaling curve read from a CSV file, or everything that is wrong with it.</summary>
/// <param name="Errors">Ready to print, each with the file's name and the line.</param>
internal sealed record ScalingFileReading(IReadOnlyList<ScalingPoint> Points, IReadOnlyList<string> Errors);

/// <summary>Reads CSV files with the columns <c>workers</c> and <c>throughput</c>, in any order and beside others.</summary>
internal static class ScalingFile
{
    public const string Workers = "workers";
    public const string Throughput = "throughput";

    private const int MaximumBytes = 16 * 1024 * 1024;
    private const int MaximumErrors = 20;

    public static async Task<ScalingFileReading> ReadAsync(string path)
    {
        try
        {
            if (Directory.Exists(path))
                return Wrong($"{path}:1: This is a directory; name a CSV file.");
            if (new FileInfo(path) is { Exists: true, Length: > MaximumBytes })
                return Wrong(FormattableString.Invariant($"{path}:1: The file is larger than the most that is read, {MaximumBytes >> 20} MiB."));
            using var reader = new StreamReader(path);
            return await ReadAsync(path, reader);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return Wrong($"{path}:1: There is no such file.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Wrong($"{path}:1: The file cannot be read: {exception.Message}");
        }
    }

    public static async Task<ScalingFileReading> ReadAsync(string path, TextReader text)
    {
        var configuration = new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            DetectDelimiter = true,
            DetectDelimiterValues = [",", ";", "\t"],
            PrepareHeaderForMatch = header => header.Header.Trim().ToLowerInvariant(),
            MissingFieldFound = null,
            BadDataFound = null,
            TrimOptions = TrimOptions.Trim,
        };
        using var csv = new CsvReader(text, configuration);
        if (!await csv.ReadAsync() || !csv.ReadHeader() || csv.HeaderRecord is not { } header)
            return Wrong($"{path}:1: The file is empty; it needs a first line '{Workers},{Throughput}' and a line for each measurement.");
        var names = header.Select(name => name.Trim().ToLowerInvariant()).ToArray();
        if (new[] { Workers, Throughput }.Where(name => !names.Contains(name, StringComparer.Ordinal)).ToArray() is { Length: > 0 } missing)
            return Wrong($"{path}:1: There is no column '{string.Join("' and no column '", missing)}'; the first line names the columns, and it is '{string.Join(",", header)}'.");

        var (points, errors) = (new List<ScalingPoint>(), new List<string>());
        while (errors.Count < MaximumErrors && await csv.ReadAsync())
        {
            var line = csv.Parser.RawRow.ToString(CultureInfo.InvariantCulture);
            var (workers, throughput) = (Number(csv, Workers, 1, $"{path}:{line}", errors), Number(csv, Throughput, null, $"{path}:{line}", errors));
            if (workers is { } n && throughput is { } x)
                points.Add(new(n, x));
        }
        return new(points, errors);
    }

    /// <summary>A field as a number of at least <paramref name="least"/>, or above 0 where there is no least; else an error.</summary>
    private static double? Number(CsvReader csv, string name, double? least, string place, List<string> errors)
    {
        var text = csv.GetField(name) ?? "";
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number))
        {
            errors.Add(text.Length == 0 ? $"{place}: {name} is missing." : $"{place}: {name} is '{Shown(text)}', which is not a number such as 12 or 1.5e3.");
            return null;
        }

        if (least is null ? number <= 0 : number < least)
        {
            errors.Add(string.Create(CultureInfo.InvariantCulture, $"{place}: {name} is {number}; it has to be {(least is null ? "above 0" : "1 or more")}."));
            return null;
        }
        return number;
    }

    private static string Shown(string text) => text.Length <= 40 ? text : text[..40] + "…";

    private static ScalingFileReading Wrong(string error) => new([], [error]);
}
