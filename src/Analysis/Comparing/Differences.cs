using System.Globalization;
using Brigade.Analysis.View;
using Brigade.Contracts.Runs;

namespace Brigade.Analysis.Comparing;

/// <summary>What differs between runs besides their figures: machine, versions, spec.</summary>
internal static class Differences
{
    /// <summary>Loads that differ by less than this many processors are told nowhere.</summary>
    private const double NotableLoad = 0.25;

    /// <summary>Fields of a spec that do not bear on a cell's figures.</summary>
    private static readonly string[] Harmless = ["repeat", "stop", "order", "limits.trialTimeout", "limits.memory"];

    public static IEnumerable<Difference> Between(IReadOnlyList<MeasuredRun> runs, IReadOnlyList<IReadOnlyList<MeasuredCell?>> rows)
    {
        if (runs.Count < 2)
            yield break;
        if (rows.Count == 0)
            yield return new("cells", [.. runs.Select(run => Naming.Count(run.Cells.Count, "cell"))], DifferenceSeverity.Warning, "The runs have no cell in common, so there is nothing to compare.");

        var machines = runs.Select(run => run.Machine).ToArray();
        foreach (var difference in Machines(machines).Concat(Runtimes(machines, rows)).Concat(Conditions(runs)).Append(Load(runs, rows)).OfType<Difference>())
            yield return difference;
        if (Missing(runs, rows) is { } missing)
            yield return missing;
    }

    private static IEnumerable<Difference?> Machines(Machine[] machines) =>
    [
        Of("machine.cpu", "The processors differ", DifferenceSeverity.Warning, machines, machine => machine.Cpu),
        Of("machine.cores", "The number of processors differs", DifferenceSeverity.Warning, machines, machine => Text(machine.Cores)),
        Of("machine.memory", "The memory differs", DifferenceSeverity.Warning, machines, machine => $"{Text(Math.Round(machine.MemoryBytes / 1073741824.0))} GiB"),
        Of("machine.os", "The operating systems differ", DifferenceSeverity.Warning, machines, machine => machine.Os),
        Of("machine.governor", "The frequency governors differ", DifferenceSeverity.Warning, machines, machine => machine.Governor),
        Of("machine.processorLimit", "The processor quotas differ", DifferenceSeverity.Warning, machines, machine => machine.ProcessorLimit is { } limit ? Text(limit) : ""),
        Of("machine.cpuSet", "The processors that could be used differ", DifferenceSeverity.Warning, machines, machine => machine.CpuSet),
        Of("machine.host", "The machines have different names", DifferenceSeverity.Info, machines, machine => machine.Host),
        Of("brigade", "Different versions of Brigade measured", DifferenceSeverity.Info, machines, machine => machine.Version),
    ];

    /// <summary>Which runtime the cells ran on, where it is another one or another version.</summary>
    private static IEnumerable<Difference?> Runtimes(Machine[] machines, IReadOnlyList<IReadOnlyList<MeasuredCell?>> rows) => rows
        .Select(row => row.Select((cell, run) => cell is null ? "" : Runtime(cell.Cell.Runtime, machines[run])).ToArray())
        .DistinctBy(values => string.Join('\n', values), StringComparer.Ordinal)
        .Where(values => values.Where(value => value.Length > 0).Distinct(StringComparer.Ordinal).Skip(1).Any())
        .Select(values => Made("runtime", "The runtimes differ", DifferenceSeverity.Warning, values));

    private static string Runtime(string id, Machine machine) => machine.Runtimes.FirstOrDefault(found => found.Id == id) is { } runtime
        ? $"{id} {runtime.Version}{(runtime.Gil switch { true => " with GIL", false => " without GIL", null => "" })}"
        : id;

    private static IEnumerable<Difference?> Conditions(IReadOnlyList<MeasuredRun> runs)
    {
        if (runs.FirstOrDefault(run => run.Conditions.Count == 0) is { } old)
            return [new("spec", [.. runs.Select(run => run.Conditions.Count == 0 ? "not known" : "known")], DifferenceSeverity.Warning, $"What {old.Name.Id} was measured under is not in its result, so nobody can tell whether the runs measured the same.")];
        return runs.SelectMany(run => run.Conditions.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(field => Of(
            field,
            $"The specs differ in {field}",
            Array.Exists(Harmless, harmless => field == harmless || field.StartsWith(harmless + ".", StringComparison.Ordinal)) ? DifferenceSeverity.Info : DifferenceSeverity.Warning,
            runs,
            run => run.Conditions.GetValueOrDefault(field, "")));
    }

    private static Difference? Load(IReadOnlyList<MeasuredRun> runs, IReadOnlyList<IReadOnlyList<MeasuredCell?>> rows)
    {
        var loads = runs.Select((run, at) => rows.Select(row => row[at]).OfType<MeasuredCell>().Select(cell => MachineNoise.Load(cell, run.Machine)).DefaultIfEmpty(run.Machine.OtherLoad).Average()).ToArray();
        return loads.Max() - loads.Min() < NotableLoad ? null : Made(
            "machine.otherLoad", "Other work kept different numbers of processors busy", DifferenceSeverity.Warning, [.. loads.Select(load => load.ToString("0.0", CultureInfo.InvariantCulture))]);
    }

    private static Difference? Missing(IReadOnlyList<MeasuredRun> runs, IReadOnlyList<IReadOnlyList<MeasuredCell?>> rows)
    {
        var common = rows.Count(row => row.All(cell => cell is not null));
        return runs.All(run => run.Cells.Count == common) || rows.Count == 0 ? null : new(
            "cells",
            [.. runs.Select(run => Naming.Count(run.Cells.Count, "cell"))],
            DifferenceSeverity.Info,
            $"{Naming.Count(common, "cell")} {(common == 1 ? "is" : "are")} in all of the runs; a cell that only one of them has is left out.");
    }

    private static Difference? Of<T>(string field, string what, DifferenceSeverity severity, IReadOnlyList<T> runs, Func<T, string> value)
    {
        var values = runs.Select(value).ToArray();
        return values.Distinct(StringComparer.Ordinal).Skip(1).Any() ? Made(field, what, severity, values) : null;
    }

    private static Difference Made(string field, string what, DifferenceSeverity severity, IReadOnlyList<string> values) =>
        new(field, values, severity, $"{what}: {string.Join(" | ", values.Select(value => value.Length == 0 ? "–" : value))}.");

    private static string Text(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);
}
