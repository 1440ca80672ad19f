using Brigade.Analysis.View;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;

namespace Brigade.Analysis.Advising;

/// <summary>The figures that a class and a choice rest on, in the subject's words.</summary>
internal static class EvidenceList
{
    public const string Gil = "gil";
    public const string Crowded = "crowding";

    /// <summary>With fewer switches than this a worker hardly ever gives its processor up.</summary>
    private const double FewSwitches = 0.05;

    public static IReadOnlyList<AdviceEvidence> Of(RunView run, Pick pick)
    {
        var group = run.GroupOf(pick.Cell);
        var work = group.Class!;
        List<AdviceEvidence?> all =
        [
            GilOf(run, group),
            CrowdingOf(run, work),
            new("cpu-share", $"One worker kept a processor busy for {Naming.Percent(work.CpuShare)} of its time ({run.DescribeWithin(work.Source, parameters: false)}).", Math.Round(work.CpuShare, 4), "ratio"),
            new("task-time", $"A task takes {Naming.Milliseconds(work.TaskMs)} with nothing beside it.", Rounded(work.TaskMs), "ms"),
            Wait(work),
            Switches(work),
            Scaling(run, pick.Cell),
            Payload(pick.Cell),
            Carrying(pick.Cell),
        ];
        return [.. all.OfType<AdviceEvidence>()];
    }

    /// <summary>Whether threads of a runtime with a GIL use more than one processor: work that releases it does.</summary>
    private static AdviceEvidence? GilOf(RunView run, WorkGroup group)
    {
        if (!group.IsCpuBound || run.Cores < 2 || ThreadVerdict.Of(run, group) is not { } verdict || verdict.Cells[0].Runtime?.Gil != true)
            return null;
        var cell = verdict.Cells[0];
        var threads = cell.Strategy == Strategy.Threads ? Naming.Count(cell.Workers, "thread") : $"a pool of {Naming.Count(cell.Workers, "thread")}";
        var used = $"{threads} used {cell.CpuUtilisation.ToString("0.00", System.Globalization.CultureInfo.InvariantCulture)} cores of {run.Cores}";
        return new(Gil, verdict.Scale ? $"The work releases the GIL: {used}." : $"The GIL: {used}.", Rounded(cell.CpuUtilisation), "processors");
    }

    private static AdviceEvidence? CrowdingOf(RunView run, Classification work) => work.Class != WorkClass.MemoryBound || work.Crowding is not { } crowding ? null : new(
        Crowded, $"The memory: with {run.DescribeWithin(crowding.Cell, parameters: false)} a task took {Naming.Times(crowding.Growth)} the processor time that it takes alone, although each worker had a processor.", Rounded(crowding.Growth), "ratio");

    private static AdviceEvidence? Wait(Classification work) => work.CpuShare >= Classifier.CpuBoundShare ? null : new(
        "wait", $"It waits for {Naming.Milliseconds(work.TaskMs * (1 - work.CpuShare))} of that.", Rounded(work.TaskMs * (1 - work.CpuShare)), "ms");

    private static AdviceEvidence? Switches(Classification work)
    {
        var rows = work.Source.Completed;
        var tasks = rows.Sum(row => row.Tasks);
        if (tasks == 0)
            return null;
        var each = (double)rows.Sum(row => row.SwitchesVoluntary) / tasks;
        return new("switches", each < FewSwitches ? "The worker hardly ever gave its processor up by itself." : $"The worker gave its processor up by itself {Naming.Times(each)} a task.", Rounded(each), "switches per task");
    }

    private static AdviceEvidence? Scaling(RunView run, CellView cell) => cell.Strategy == Strategy.Sequential || cell.Result.Speedup is not { } speedup ? null : new(
        "speed-up", $"{Naming.Sentence(run.DescribeWithin(cell, parameters: false))} did {Naming.Times(speedup)} the work of one after the other, on {Naming.Number(cell.CpuUtilisation)} of {Naming.Count(run.Cores, "processor")}.", Rounded(speedup), "ratio");

    private static AdviceEvidence? Payload(CellView cell) => cell.Cell.PayloadBytes == 0 ? null : new(
        "bytes-moved", $"Each task carries {Naming.Mebibytes(cell.Cell.PayloadBytes)} to its worker and back: {Naming.Mebibytes(2.0 * cell.Cell.PayloadBytes * cell.Throughput)} a second.", Rounded(2.0 * cell.Cell.PayloadBytes * cell.Throughput), "bytes per second");

    /// <summary>What carrying tasks between processes took of a task's time, where it was measured.</summary>
    private static AdviceEvidence? Carrying(CellView cell)
    {
        var rows = cell.Completed.Where(row => row.Tasks > 0 && row.SerializationMs is not null).ToArray();
        if (rows.Length == 0)
            return null;
        var each = rows.Average(row => (row.SerializationMs!.Value + (row.ChannelMs ?? 0)) / row.Tasks);
        return new("carrying", $"Serialising and carrying took {Naming.Milliseconds(each)} a task.", Rounded(each), "ms");
    }

    private static double Rounded(double value) => double.Parse(value.ToString("G4", System.Globalization.CultureInfo.InvariantCulture), System.Globalization.CultureInfo.InvariantCulture);
}
