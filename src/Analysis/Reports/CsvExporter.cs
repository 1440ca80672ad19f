using Brigade.Contracts.Plan;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;

namespace Brigade.Analysis.Reports;

/// <summary>A row per trial, or one per cell.</summary>
internal sealed class CsvExporter : IRunExporter
{
    private const string Trials = "trials";
    private const string Cells = "cells";

    public string Name => "csv";

    public string Title => "CSV";

    public string MediaType => "text/csv";

    public string Extension => ".csv";

    public IReadOnlyList<string> Parts => [Trials, Cells];

    public string Write(RunReport report, string? part = null) => part is Cells ? OfCells(report.Result) : OfTrials(report.Result);

    private static string OfCells(RunResult result)
    {
        var names = ParameterNames(result.Cells.Select(cell => cell.Cell));
        var csv = new CsvText();
        Header(csv, ["cell", .. Coordinates(names), "completed", "throughputPerSecond", "throughputLow", "throughputHigh", "speedup", "efficiency", "p50Ms", "p95Ms", "p99Ms", "cpuUtilisation", "peakMemoryBytes", "startupMs"]);
        foreach (var (index, cell) in result.Cells.Index())
        {
            csv.Number(index);
            Coordinates(csv, cell.Cell, names);
            csv.Number(cell.Completed).Number(cell.Median.ThroughputPerSecond).Number(cell.Interval.Low).Number(cell.Interval.High).Number(cell.Speedup).Number(cell.Efficiency)
                .Number(cell.Median.P50Ms).Number(cell.Median.P95Ms).Number(cell.Median.P99Ms).Number(cell.Median.CpuUtilisation).Number(cell.Median.PeakMemoryBytes).Number(cell.Median.StartupMs).EndLine();
        }

        return csv.ToString();
    }

    private static string OfTrials(RunResult result)
    {
        var cells = new ReportCells(result);
        var names = ParameterNames(result.Trials.Select(CellOf));
        var figures = result.Trials.SelectMany(row => row.Figures.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        var csv = new CsvText();
        Header(csv,
        [
            "trial", "cell", .. Coordinates(names), "repetition", "status", "tasks", "errors", "lost", "offered", "dropped", "replaced", "recoveryMs", "wallMs", "throughputPerSecond", "latencyKind",
            .. Percentiles(""), .. Percentiles("uncorrected."), "schedulingP99Ms", "cpuUserMs", "cpuSystemMs", "switchesVoluntary", "switchesInvoluntary", "peakMemoryBytes", "startupMs", "serializationMs", "channelMs",
            "otherLoad", "throttledMs", "drift", .. figures.Select(name => "figure." + name), "checksum", "failure", "warnings",
        ]);
        foreach (var row in result.Trials)
        {
            csv.Number(row.Index).Number(cells.IndexOf(row));
            Coordinates(csv, CellOf(row), names);
            csv.Number(row.Repetition).Text(EnumName.Of(row.Status)).Number(row.Tasks).Number(row.Errors).Number(row.Lost).Number(row.Offered).Number(row.Dropped).Number(row.Replaced).Number(row.RecoveryMs)
                .Number(row.WallMs).Number(row.ThroughputPerSecond).Text(row.Latency.Kind);
            Percentiles(csv, row.Latency);
            Percentiles(csv, row.Uncorrected);
            csv.Number(row.SchedulingP99Ms).Number(row.CpuUserMs).Number(row.CpuSystemMs).Number(row.SwitchesVoluntary).Number(row.SwitchesInvoluntary).Number(row.PeakMemoryBytes).Number(row.StartupMs)
                .Number(row.SerializationMs).Number(row.ChannelMs).Number(row.OtherLoad).Number(row.ThrottledMs).Number(row.Drift);
            foreach (var name in figures)
                csv.Number(row.Figures.TryGetValue(name, out var figure) ? figure : (double?)null);
            csv.Text(row.Checksum).Text(row.Failure).Text(string.Join(" ", row.Warnings)).EndLine();
        }

        return csv.ToString();
    }

    private static Cell CellOf(TrialRow row) => new(row.Runtime, row.Strategy, row.Workers, row.Channel, row.StartMethod, row.ChunkSize, row.PayloadBytes, row.Params);

    private static string[] ParameterNames(IEnumerable<Cell> cells) => [.. cells.SelectMany(cell => cell.Params.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private static IEnumerable<string> Coordinates(IEnumerable<string> parameters) =>
        ["runtime", "strategy", "workers", "channel", "startMethod", "chunkSize", "payloadBytes", .. parameters.Select(name => "param." + name)];

    private static IEnumerable<string> Percentiles(string prefix) => new[] { "p50Ms", "p90Ms", "p95Ms", "p99Ms", "p999Ms", "maxMs", "meanMs" }.Select(name => prefix + name);

    private static void Header(CsvText csv, IEnumerable<string> names)
    {
        foreach (var name in names)
            csv.Text(name);
        csv.EndLine();
    }

    private static void Coordinates(CsvText csv, Cell cell, IEnumerable<string> parameters)
    {
        csv.Text(cell.Runtime).Text(EnumName.Of(cell.Strategy)).Number(cell.Workers).Text(cell.Channel is { } channel ? EnumName.Of(channel) : "")
            .Text(cell.StartMethod is { } start ? EnumName.Of(start) : "").Number(cell.ChunkSize).Number(cell.PayloadBytes);
        foreach (var name in parameters)
            csv.Value(cell.Params.TryGetValue(name, out var value) ? value : ParameterValue.Of(""));
    }

    private static void Percentiles(CsvText csv, Latency? latency) => csv
        .Number(latency?.P50Ms).Number(latency?.P90Ms).Number(latency?.P95Ms).Number(latency?.P99Ms).Number(latency?.P999Ms).Number(latency?.MaxMs).Number(latency?.MeanMs);
}
