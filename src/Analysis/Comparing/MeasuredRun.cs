using Brigade.Analysis.View;
using Brigade.Contracts.Plan;
using Brigade.Contracts.Runs;

namespace Brigade.Analysis.Comparing;

/// <summary>A run in the form that comparing needs, whether it comes from the database or from a result file.</summary>
/// <param name="Conditions">What it was measured under (<see cref="RunResult.Conditions"/>); empty where that is not known.</param>
/// <param name="Cells">In the order of the plan, the runtime resolved.</param>
internal sealed record MeasuredRun(ComparedName Name, Machine Machine, IReadOnlyDictionary<string, string> Conditions, IReadOnlyList<MeasuredCell> Cells)
{
    public static MeasuredRun Of(ComparedRun run)
    {
        var byCell = run.Trials.ToLookup(trial => trial.Cell);
        return new(
            new(run.Id, run.Name, run.EndedAt),
            run.Machine,
            RunConditions.Of(run.Spec),
            [.. run.Plan.Cells.Select((cell, index) =>
            {
                var completed = byCell[index].Where(trial => trial.Status == TrialStatus.Completed).OrderBy(trial => trial.Index).ToArray();
                return new MeasuredCell(index, cell with { Runtime = RuntimeOf.Cell(cell.Runtime, byCell[index], run.Machine) }, [.. completed.Select(Repetition.Of)]);
            })]);
    }

    public static MeasuredRun Of(string id, RunResult result)
    {
        var rows = result.Trials.Where(row => row.Status == TrialStatus.Completed).OrderBy(row => row.Index).ToLookup(row => CellKey.Of(CellOf(row)), StringComparer.Ordinal);
        return new(
            new(id, result.Name, null),
            result.Machine,
            result.Conditions,
            [.. result.Cells.Select((cell, index) => new MeasuredCell(index, cell.Cell, [.. rows[CellKey.Of(cell.Cell)].Select(Repetition.Of)]))]);
    }

    private static Cell CellOf(TrialRow row) => new(row.Runtime, row.Strategy, row.Workers, row.Channel, row.StartMethod, row.ChunkSize, row.PayloadBytes, row.Params);
}

/// <summary>A cell with its completed repetitions in order of execution.</summary>
/// <param name="Index">Into the run's plan.</param>
internal sealed record MeasuredCell(int Index, Cell Cell, IReadOnlyList<Repetition> Repetitions)
{
    /// <summary>The figures of the repetitions that tell it.</summary>
    public IReadOnlyList<double> Values(string metric) => [.. Repetitions.Select(repetition => metric == Metrics.P99 ? repetition.P99Ms : repetition.Throughput).OfType<double>()];
}

/// <summary>What comparing needs of one trial.</summary>
/// <param name="P99Ms">Null where an import does not tell.</param>
/// <param name="Cpu">Processors used on average.</param>
/// <param name="OtherLoad">Processors busy with other work meanwhile; null where it was not measured.</param>
internal sealed record Repetition(double Throughput, double? P99Ms, long Tasks, long Errors, double Cpu, double? OtherLoad)
{
    public static Repetition Of(TrialResult trial) =>
        new(trial.ThroughputPerSecond, trial.Latency.P99Ms, trial.Tasks, trial.Errors, Share(trial.CpuUserMs + trial.CpuSystemMs, trial.WallMs), trial.OtherLoad);

    public static Repetition Of(TrialRow row) =>
        new(row.ThroughputPerSecond, row.Latency.P99Ms, row.Tasks, row.Errors, Share(row.CpuUserMs + row.CpuSystemMs, row.WallMs), row.OtherLoad);

    private static double Share(double cpuMs, double wallMs) => wallMs > 0 ? cpuMs / wallMs : 0;
}
