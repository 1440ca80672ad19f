using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;

namespace Brigade.Analysis.View;

/// <summary>Which runtime of a machine a name in a spec means: the one rule of the runner, of results and of comparisons.</summary>
public static class RuntimeOf
{
    /// <summary>The runtime that a machine takes for a name: its kind's default where the name has no version; null where it has none.</summary>
    public static RuntimeInfo? Name(string name, IReadOnlyList<RuntimeInfo> runtimes) => RuntimeCatalogue.Of(name) is { } kind && kind.IsName(name, out var version) && version == int.MaxValue
        ? runtimes.FirstOrDefault(found => found.IsDefault && string.Equals(found.Language, kind.Name, StringComparison.Ordinal))
        : runtimes.FirstOrDefault(found => string.Equals(found.Id, name, StringComparison.Ordinal));

    /// <summary>The id of the runtime that a cell was measured with; where no trial tells, of the one that the machine would take; the name itself where it has none.</summary>
    /// <param name="trials">Of the cell; those that completed tell it best, and those that were left out least.</param>
    internal static string Cell(string name, IEnumerable<TrialResult> trials, Machine machine) =>
        trials.OrderBy(trial => trial.Status switch { TrialStatus.Completed => 0, TrialStatus.Skipped => 2, _ => 1 }).Select(trial => trial.Runtime).FirstOrDefault(id => id.Length > 0)
        ?? Name(name, machine.Runtimes)?.Id
        ?? name;
}
