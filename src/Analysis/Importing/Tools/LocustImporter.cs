using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;

namespace Brigade.Analysis.Importing.Tools;

/// <summary>Locust's CSV files: <c>_stats.csv</c> with a row per request, or <c>_stats_history.csv</c>, of which the last row of each request has the whole test.</summary>
internal sealed class LocustImporter : IImporter
{
    private const double MsPerSecond = 1000;
    private const int MaximumUsers = 10_000_000;
    private const double LatestSecond = 32_503_680_000;
    private const string Users = "User Count";
    private const string Timestamp = "Timestamp";

    /// <summary>Locust's row over all requests; with --csv-full-history it is not the only one.</summary>
    private const string Aggregated = "Aggregated";

    public string Name => "locust";

    public string Title => "Locust";

    public string MadeBy => "locust --headless --csv=PREFIX: PREFIX_stats.csv or PREFIX_stats_history.csv";

    public bool Recognises(ImportFile file)
    {
        if (file.IsJson)
            return false;
        var first = file.Utf8.Span;
        var end = first.IndexOf((byte)'\n');
        var header = System.Text.Encoding.UTF8.GetString(end < 0 ? first : first[..end]).Replace("\"", "", StringComparison.Ordinal);
        return header.StartsWith("Type,Name,", StringComparison.Ordinal) || header.StartsWith("Timestamp,User Count,Type,Name,", StringComparison.Ordinal);
    }

    public ImportedResults Read(ImportFile file)
    {
        var table = CsvTable.Parse(file.Text);
        foreach (var column in new[] { "Type", "Name" }.Where(column => !table.Has(column)))
            throw new ImportException($"The column '{column}' is missing; this is neither Locust's _stats.csv nor its _stats_history.csv.", column, 1);
        return table.Has(Timestamp) ? History(file, table) : Stats(file, table);
    }

    private ImportedResults Stats(ImportFile file, CsvTable table)
    {
        Bound(table.Rows.Count);
        return new ImportedResults
        {
            Name = Prefix(file.Name, "_stats"),
            Benchmarks = [.. table.Rows.Where(HasRequests("Request Count")).Select(row => new ImportedBenchmark(Label(row), Name, [Trial(row, "Request Count", "Failure Count", "Median Response Time", "Average Response Time", "Max Response Time", row.Need("Requests/s", ImportLimits.LargestCount))])
            {
                Strategy = Strategy.Async,
            })],
            Notes = ["Locust's _stats.csv does not tell how many users there were, or when it was; _stats_history.csv does."],
        };
    }

    private ImportedResults History(ImportFile file, CsvTable table)
    {
        var requests = table.Rows.GroupBy(Label, StringComparer.Ordinal).ToArray();
        Bound(requests.Length);
        var at = table.Rows.Select(row => row.Need(Timestamp, LatestSecond)).ToArray();
        var users = (int)Math.Max(1, table.Rows.Select(row => row.Number(Users, MaximumUsers) ?? 0).DefaultIfEmpty().Max());
        var seconds = at.Length == 0 ? 0 : at.Max() - at.Min();

        // With --csv-full-history Locust's percentiles are those of the last 10 s and not of the test.
        var isFull = table.Rows.Any(row => row.Text("Name") is not ("" or Aggregated));
        return new ImportedResults
        {
            Name = Prefix(file.Name, "_stats_history"),
            MeasuredAt = at.Length == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds((long)(at.Min() * MsPerSecond)),
            Benchmarks = [.. requests.Select(rows => rows.Last()).Where(HasRequests("Total Request Count")).Select(row => new ImportedBenchmark(Label(row), Name, [Trial(
                row, "Total Request Count", "Total Failure Count", "Total Median Response Time", "Total Average Response Time", "Total Max Response Time", seconds > 0 ? row.Need("Total Request Count", ImportLimits.LargestCount) / seconds : row.Need("Requests/s", ImportLimits.LargestCount), hasPercentiles: !isFull)])
            {
                Strategy = Strategy.Async,
                Workers = users,
            })],
            Notes =
            [
                "Locust's users are shown as tasks in flight, the most that there were.",
                .. isFull ? new[] { "Locust's full history tells the high percentiles of its last 10 seconds only, so they are left out; _stats.csv has those of the whole test." } : [],
            ],
        };
    }

    private static Func<CsvRow, bool> HasRequests(string column) => row => row.Need(column, ImportLimits.LargestCount) > 0;

    private static TrialResult Trial(CsvRow row, string requests, string failures, string median, string mean, string longest, double perSecond, bool hasPercentiles = true)
    {
        var tasks = (long)row.Need(requests, ImportLimits.LargestCount);
        var errors = (long)Math.Min(tasks, row.Need(failures, ImportLimits.LargestCount));
        var latency = new Latency { P50Ms = Time(row, median), MaxMs = Time(row, longest), MeanMs = Time(row, mean) };
        return Measurements.Summary(tasks, errors, perSecond > 0 ? tasks * MsPerSecond / perSecond : 0, tasks > 0 ? perSecond * (tasks - errors) / tasks : 0, !hasPercentiles ? latency : latency with
        {
            P90Ms = Time(row, "90%"),
            P95Ms = Time(row, "95%"),
            P99Ms = Time(row, "99%"),
            P999Ms = Time(row, "99.9%"),
        });
    }

    private static double? Time(CsvRow row, string column) => row.Number(column, ImportLimits.LongestMs);

    private static string Label(CsvRow row) => $"{row.Text("Type")} {row.Text("Name")}".Trim();

    private static string Prefix(string fileName, string suffix)
    {
        var stem = ImportNames.Stem(fileName);
        return stem.EndsWith(suffix, StringComparison.Ordinal) && stem.Length > suffix.Length ? stem[..^suffix.Length] : stem;
    }

    private static void Bound(int requests)
    {
        if (requests > ImportLimits.MaximumBenchmarks)
            throw new ImportException(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"The file has {requests:#,0} kinds of requests; the most that is imported is {ImportLimits.MaximumBenchmarks:#,0}. Group them with Locust's name= argument."));
    }
}
