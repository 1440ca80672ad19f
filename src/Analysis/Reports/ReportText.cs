using System.Globalization;
using Brigade.Analysis.View;
using Brigade.Contracts.Plan;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;

namespace Brigade.Analysis.Reports;

/// <summary>The words and numbers of reports, the same in every format that people read.</summary>
internal static class ReportText
{
    public const string None = "–";

    /// <summary>Parameters in which cells differ: only these belong to a cell's name.</summary>
    public static IReadOnlySet<string> Swept(IEnumerable<Cell> cells) => cells.SelectMany(cell => cell.Params)
        .GroupBy(pair => pair.Key, pair => pair.Value.Text, StringComparer.Ordinal)
        .Where(values => values.Key == WorkloadSpec.BenchmarkParameter || values.Distinct(StringComparer.Ordinal).Skip(1).Any())
        .Select(values => values.Key).ToHashSet(StringComparer.Ordinal);

    /// <summary>For example <c>python3.11 · threads × 4 · limit 1000</c>.</summary>
    /// <param name="withWorkers">False for a line over the workers.</param>
    public static string Cell(Cell cell, IReadOnlySet<string> swept, bool withWorkers = true)
    {
        List<string> parts = [cell.Runtime, EnumName.Of(cell.Strategy) + (withWorkers && cell.Strategy != Strategy.Sequential ? $" × {cell.Workers}" : "")];
        if (cell.Channel is { } channel && channel != Channel.Pipe)
            parts.Add(EnumName.Of(channel));
        if (cell.StartMethod is { } start)
            parts.Add(EnumName.Of(start));
        if (cell.ChunkSize is > 1 and var chunk)
            parts.Add($"chunk {chunk}");
        if (cell.PayloadBytes > 0)
            parts.Add($"{Naming.Number(cell.PayloadBytes)} bytes");
        parts.AddRange(cell.Params.Where(pair => swept.Contains(pair.Key)).OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Key == WorkloadSpec.BenchmarkParameter ? pair.Value.Text : $"{pair.Key} {pair.Value.Text}"));
        return string.Join(" · ", parts);
    }

    public static string Status(RunStatus status) => EnumName.Of(status);

    public static string Rate(double perSecond) => Naming.Number(perSecond) + "/s";

    /// <summary>A dash where the tool that measured told none.</summary>
    public static string Time(double milliseconds) => milliseconds > 0 ? Naming.Milliseconds(milliseconds) : None;

    public static string Times(double? factor) => factor is { } value ? Naming.Number(value) + "×" : None;

    public static string Percent(double? ratio) => ratio is { } value ? Naming.Percent(value) : None;

    public static string Interval(CellResult cell) => cell.Completed > 1 ? $"{Naming.Number(cell.Interval.Low)} to {Naming.Number(cell.Interval.High)}" : None;

    public static string At(DateTimeOffset at) => at.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>A number for programs: the shortest that reads back as the same.</summary>
    public static string Exact(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>"2 cores, 8 GiB, Linux 6.1, An abacus": what is known of the machine.</summary>
    public static string Machine(Machine machine) => string.Join(", ", new[]
    {
        machine.Cores > 0 ? Naming.Count(machine.Cores, "core") : "",
        machine.MemoryBytes > 0 ? Naming.Number(machine.MemoryBytes / 1073741824.0) + " GiB" : "",
        machine.Os,
        machine.Cpu,
    }.Where(part => part.Length > 0));

    /// <summary>The advice as one sentence.</summary>
    public static string Advice(Advice advice) =>
        $"Use {advice.Runtime}, {EnumName.Of(advice.Strategy)} with {Naming.Count(advice.Workers, "worker")} ({advice.Class}, confidence {Naming.Number(advice.Confidence)}).";

    /// <summary>What was measured where a threshold does not hold.</summary>
    public static string Actual(ThresholdOutcome outcome) => outcome.Actual is not { } actual ? "nothing measured" : "measured " + Threshold(outcome.Threshold, actual);

    private static string Threshold(string text, double actual) => Contracts.Spec.Threshold.TryParse(text, out var threshold, out _) ? threshold!.Metric switch
    {
        "throughput" => Rate(actual),
        "errors.ratio" => Naming.Percent(actual),
        "errors.count" => Naming.Number(actual),
        "memory.peak" => Naming.Mebibytes(actual),
        _ => Naming.Milliseconds(actual),
    }
    : Naming.Number(actual);
}
