using System.Security.Cryptography;
using Brigade.Analysis.Importing;
using Brigade.Data.Queries;

namespace Brigade.Web.Features.Imports;

/// <summary>A file's run, and what the import makes of it.</summary>
internal static class ImportedFile
{
    private static readonly TimeSpan MostAhead = TimeSpan.FromDays(1);
    private static readonly TimeSpan LongestRun = TimeSpan.FromDays(30);
    private static readonly DateTimeOffset Earliest = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Whether a time can be one of a measurement.</summary>
    public static bool CanBe(DateTimeOffset at, DateTimeOffset now) => at >= Earliest && at <= now + MostAhead;

    /// <summary>When it was measured: as told, else as the file says where that can be; else null.</summary>
    public static DateTimeOffset? MeasuredAt(ForeignRun run, DateTimeOffset? told, DateTimeOffset now) =>
        told ?? (run.MeasuredAt is { } at && CanBe(at, now) ? at.ToUniversalTime() : null);

    /// <summary>Equal for files with the same content, whatever they are called.</summary>
    public static string HashOf(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content));

    /// <param name="name">Null or empty for the file's own.</param>
    /// <param name="measuredAt">Null where nobody knows: then it counts as measured just now.</param>
    public static ImportedRun Of(ForeignRun run, string? name, DateTimeOffset? measuredAt, DateTimeOffset now)
    {
        var named = string.IsNullOrWhiteSpace(name) ? run : run.Named(ImportNames.Clean(name));
        var took = TimeSpan.FromMilliseconds(Math.Min(LongestRun.TotalMilliseconds, run.Trials.Sum(trial => trial.WallMs)));
        var started = measuredAt?.ToUniversalTime() ?? now - took;
        return new ImportedRun(named.Spec, named.Source, named.Machine, named.Plan, named.Trials, started, started + took, ExperimentId: null);
    }
}
