using System.Globalization;
using Brigade.Data.Entities;
using Brigade.Data.Errors;
using Brigade.Data.Startup;
using Microsoft.EntityFrameworkCore;

namespace Brigade.Data.Queries;

/// <summary>How much the current workspace may have, and how much it has. Without a choice there is no limit. One context per operation.</summary>
public sealed class QuotaStore(IDbContextFactory<BrigadeDbContext> contexts, StorageLocation location, MeasuredSizes sizes, TimeProvider clock) : Store(contexts, location)
{
    // So old may a size be that lets somebody go on, and one that does not: who has deleted something tries again at once.
    private static readonly TimeSpan GoodFor = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan BadFor = TimeSpan.FromSeconds(5);

    public Task<QuotaRules> RulesAsync(CancellationToken cancellation = default) => ReadAsync(
        async db => await db.WorkspaceSettings.Select(row => new QuotaRules(row.RunsAtATime, row.RunMinutesAMonth, row.MostStoredBytes, row.ApiCallsAMinute)).SingleOrDefaultAsync(cancellation) ?? QuotaRules.None,
        cancellation);

    /// <summary>For admins.</summary>
    /// <exception cref="ArgumentException">A limit is not within its bounds.</exception>
    public Task<bool> ChangeRulesAsync(QuotaRules rules, CancellationToken cancellation = default)
    {
        if (rules.Problems().Select(found => found.Problem).FirstOrDefault() is { } problem)
            throw new ArgumentException(problem, nameof(rules));
        return WriteAsync(
            WorkspaceRole.Admin,
            async db =>
            {
                if (await db.WorkspaceSettings.AsTracking().SingleOrDefaultAsync(cancellation) is not { } row)
                {
                    row = new WorkspaceSettings { WorkspaceId = db.WorkspaceId };
                    db.Add(row);
                }

                (row.RunsAtATime, row.RunMinutesAMonth, row.MostStoredBytes, row.ApiCallsAMinute) = (rules.RunsAtATime, rules.RunMinutesAMonth, rules.StoredBytes, rules.ApiCallsAMinute);
                db.Audit("settings.changed", "quotas",
                    $"runs at a time {Word(rules.RunsAtATime)}, run minutes a month {Word(rules.RunMinutesAMonth)}, stored bytes {Word(rules.StoredBytes)}, API calls a minute {Word(rules.ApiCallsAMinute)}");
                await db.SaveChangesAsync(cancellation);
                return true;
            },
            cancellation);
    }

    /// <summary>What is used now; the size may be some minutes old.</summary>
    public async Task<QuotaUse> UseAsync(CancellationToken cancellation = default)
    {
        var now = clock.GetUtcNow();
        var (open, minutes) = await ReadAsync(async db => (await QuotaCheck.OpenRunsAsync(db, cancellation), await QuotaCheck.RunMinutesAsync(db, now, cancellation)), cancellation);
        var size = await SizeAsync(GoodFor, cancellation);
        return new QuotaUse(open, minutes, QuotaCheck.MonthEnds(now), size.Bytes, size.At);
    }

    /// <summary>Asks whether more may be stored; before the transaction, because nobody should wait while that is added up.</summary>
    /// <exception cref="QuotaExceededException">As much is stored as may be.</exception>
    public async Task DemandRoomAsync(CancellationToken cancellation = default)
    {
        if (await ReadAsync(db => db.WorkspaceSettings.Select(row => row.MostStoredBytes).SingleOrDefaultAsync(cancellation), cancellation) is not { } most)
            return;
        var size = await SizeAsync(GoodFor, cancellation);
        if (size.Bytes >= most)
            size = await SizeAsync(BadFor, cancellation);
        if (size.Bytes >= most)
        {
            throw new QuotaExceededException("storedBytes", most, size.Bytes, retryAfter: null,
                $"This workspace stores {Mebibytes(size.Bytes)} of measurements, and its quota is {Mebibytes(most)}. Delete runs, have the settings delete the course of old ones, or ask an admin to raise the quota there.");
        }
    }

    private Task<MeasuredSize> SizeAsync(TimeSpan goodFor, CancellationToken cancellation) => ReadAsync(
        async db =>
        {
            var now = clock.GetUtcNow();
            if (sizes.Find(db.WorkspaceId) is { } known && now - known.At < goodFor)
                return known;
            var frames = await db.SeriesSegments.SumAsync(segment => (long)segment.Frames.Length, cancellation);
            var histograms = await db.LatencyHistograms.SumAsync(row => (long)row.Compressed.Length + (row.Uncorrected == null ? 0 : row.Uncorrected.Length), cancellation);
            var documents = await db.RunDocuments.SumAsync(row => (long)row.Spec.Length + (row.Machine == null ? 0 : row.Machine.Length) + (row.Plan == null ? 0 : row.Plan.Length), cancellation);
            return sizes.Keep(db.WorkspaceId, new MeasuredSize(frames + histograms + documents, now));
        },
        cancellation);

    private static string Word(long? limit) => limit is { } some ? some.ToString(CultureInfo.InvariantCulture) : "without limit";

    private static string Mebibytes(double bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / (1 << 20):0.#} MiB");
}

/// <summary>How much a workspace may have; null for no limit.</summary>
/// <param name="RunsAtATime">Runs that are queued or running.</param>
/// <param name="RunMinutesAMonth">Minutes that runs take in a month of the calendar (UTC).</param>
/// <param name="StoredBytes">Bytes of measurements.</param>
/// <param name="ApiCallsAMinute">Calls of the REST API, by all together.</param>
public sealed record QuotaRules(int? RunsAtATime, int? RunMinutesAMonth, long? StoredBytes, int? ApiCallsAMinute)
{
    public const int MostRuns = 10_000;

    public const int MostMinutes = 1_000_000;

    public const long LeastBytes = 1 << 20;

    public const long MostBytes = 1L << 50;

    public const int MostCalls = 1_000_000;

    public static QuotaRules None { get; } = new(null, null, null, null);

    /// <summary>What is out of bounds, by the name of the limit; nothing where all is well.</summary>
    public IEnumerable<(string Name, string Problem)> Problems()
    {
        if (RunsAtATime is < 1 or > MostRuns)
            yield return ("runsAtATime", Whole("runs at a time", 1, MostRuns));
        if (RunMinutesAMonth is < 1 or > MostMinutes)
            yield return ("runMinutesAMonth", Whole("run minutes a month", 1, MostMinutes));
        if (StoredBytes is < LeastBytes or > MostBytes)
            yield return ("storedBytes", Whole("stored bytes", LeastBytes, MostBytes));
        if (ApiCallsAMinute is < 1 or > MostCalls)
            yield return ("apiCallsAMinute", Whole("API calls a minute", 1, MostCalls));
    }

    private static string Whole(string what, long least, long most) => string.Create(CultureInfo.InvariantCulture, $"Say how many {what}, as a whole number from {least} to {most}, or null for no limit.");
}

/// <summary>How much a workspace has.</summary>
/// <param name="RunMinutes">Of this month.</param>
/// <param name="MonthEnds">When they begin anew.</param>
/// <param name="StoredBytesAt">When the bytes were added up.</param>
public sealed record QuotaUse(int OpenRuns, double RunMinutes, DateTimeOffset MonthEnds, long StoredBytes, DateTimeOffset StoredBytesAt);
