using System.Globalization;
using Brigade.Analysis.View;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;

namespace Brigade.Analysis.Reports;

/// <summary>The words and numbers of reports, the same in every format that people read.</summary>
internal static class ReportText
{
    public const string None = "–";

    public static string Status(RunStatus status) => EnumName.Of(status);

    public static string Rate(double perSecond) => Naming.Number(perSecond) + "/s";

    /// <summary>A dash where the tool that measured told none.</summary>
    public static string Time(double? milliseconds) => milliseconds is > 0 and var known ? Naming.Milliseconds(known) : None;

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
