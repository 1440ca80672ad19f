using Brigade.Analysis.Reports;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;

namespace Brigade.Analysis.Tests.Reports;

/// <summary>Runs that every format is tried on.</summary>
internal static class ReportRuns
{
    /// <summary>A compressed HdrHistogram (V2) with the values 1,000,000 and 2,000,000.</summary>
    public const string Histogram = "HISTFAAAACh4nJNpmSzMwMDAzgABzFCaEch0M9ixgMH+A0Tg4DpGpr/8TAB53QbS";

    /// <summary>Two runtimes, several workers, thresholds that hold and fail, a failed trial, a swept parameter, and text from outside.</summary>
    public static RunReport Full() => new(new RunBuilder { Thresholds = ["throughput > 100/s", "latency.p99 < 15ms"], Notes = ["A note | with <markup>."] }.Add(
        new(Runs.Python, Strategy.Sequential, 1, 100, 101, 99),
        new(Runs.Python, Strategy.Threads, 2, 102, 103, 101) { Cpu = 1.01, TaskMs = 20 },
        new(Runs.Python, Strategy.Threads, 4, 101, 103, 102) { Cpu = 1.01, TaskMs = 40 },
        new(Runs.Python, Strategy.Processes, 2, 183, 184, 182) { Cpu = 1.9, MemoryMiB = 48 },
        new(Runs.Python, Strategy.Processes, 4, 190, 191, 189) { Cpu = 1.9, MemoryMiB = 90, ChunkSize = 64 },
        new(Runs.DotNet, Strategy.Sequential, 1, 4_000, 4_010, 3_990) { TaskMs = 0.25, Params = Named("=1+1") },
        new(Runs.DotNet, Strategy.Pool, 2, 0) { Status = TrialStatus.Failed, Failure = "\u001b[31mIt said \"no\", <b>twice</b> & left, @everyone\u001b[0m\nsecond line", Params = Named("=1+1") }).Build() with
    { Name = "primes <by> strategy" })
    {
        Id = "0192e3a0-0000-7000-8000-000000000001",
        StartedAt = new DateTimeOffset(2026, 11, 24, 9, 30, 0, TimeSpan.FromHours(1)),
        EndedAt = new DateTimeOffset(2026, 11, 24, 9, 31, 0, TimeSpan.FromHours(1)),
        Spec = "name: primes <by> strategy\n",
    };

    public static RunReport WithHistograms()
    {
        var report = Full();
        var bytes = Convert.FromBase64String(Histogram);
        return report with { Result = RunReport.WithHistograms(report.Result, report.Result.Trials.Where(row => row.Status == TrialStatus.Completed).ToDictionary(row => row.Index, _ => bytes), new Dictionary<int, byte[]> { [0] = bytes }) };
    }

    private static Dictionary<string, ParameterValue> Named(string name) => new(StringComparer.Ordinal) { ["name"] = ParameterValue.Of(name) };
}
