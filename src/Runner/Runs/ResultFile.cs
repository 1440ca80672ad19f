using System.Text.Json;
using Brigade.Contracts;
using Brigade.Contracts.Runs;

namespace Brigade.Runner.Runs;

/// <summary>Reads results from files that <c>brigade run --json</c> or the REST API wrote.</summary>
internal static class ResultFile
{
    /// <summary>A result with the histograms of tens of thousands of trials is smaller.</summary>
    private const int MaximumBytes = 256 * 1024 * 1024;

    private const string NoResult = "This is no result of a run as 'brigade run --json' writes it";

    private static readonly JsonSerializerOptions Strict = new(BrigadeJson.Options) { RespectNullableAnnotations = true };

    /// <summary>The result, or what is wrong with the file, with line and column in front.</summary>
    public static async Task<(RunResult? Result, string Problem)> ReadAsync(string file, CancellationToken cancellation)
    {
        try
        {
            if (Directory.Exists(file))
                return (null, "1:1: This is a directory; name a file.");
            await using var stream = File.OpenRead(file);
            if (stream.Length > MaximumBytes)
                return (null, FormattableString.Invariant($"1:1: The file is larger than the most that is read, {MaximumBytes >> 20} MiB."));
            return await JsonSerializer.DeserializeAsync<RunResult>(stream, Strict, cancellation) is { } result && IsWhole(result) ? (result, "") : (null, $"1:1: {NoResult}.");
        }
        catch (JsonException exception)
        {
            var place = $"{(exception.LineNumber ?? 0) + 1}:{(exception.BytePositionInLine ?? 0) + 1}";
            return (null, $"{place}: {NoResult}{(exception.Path is { Length: > 1 } path ? $" (at {path})" : "")}.");
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return (null, "1:1: There is no such file.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return (null, $"1:1: The file cannot be read: {exception.Message}");
        }
    }

    /// <summary>Whether everything is there that the others point to; the reader sees to the rest.</summary>
    private static bool IsWhole(RunResult result) =>
        result.Trials.All(row => row is not null) && result.Cells.All(cell => cell is not null) && result.Findings.All(finding => finding is not null)
        && result.Machine.Runtimes.All(runtime => runtime is not null) && result.Thresholds.All(outcome => outcome is not null && outcome.Cell >= 0 && outcome.Cell < result.Cells.Count);
}
