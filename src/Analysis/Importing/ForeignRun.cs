using Brigade.Contracts.Plan;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;

namespace Brigade.Analysis.Importing;

/// <summary>Another tool's results in the form of a run.</summary>
/// <param name="Source">The tool, as <see cref="IImporter.Name"/>.</param>
/// <param name="MeasuredAt">When it was measured, where the file tells.</param>
/// <param name="Machine">What the file tells of the machine; the rest is empty and 0.</param>
/// <param name="Plan">Its notes say what was left out or is told differently.</param>
public sealed record ForeignRun(string Source, DateTimeOffset? MeasuredAt, ExperimentSpec Spec, Machine Machine, TrialPlan Plan, IReadOnlyList<TrialResult> Trials)
{
    /// <summary>The run with another name, which is to be one that <see cref="ImportNames.Clean"/> answers.</summary>
    public ForeignRun Named(string name) => this with { Spec = Spec with { Name = name } };
}

/// <summary>Something that is wrong with a file: what, where, and how to mend it.</summary>
/// <param name="Place">A JSON pointer, or a column's name; empty for the whole file.</param>
/// <param name="Line">From 1; 0 where it has no line.</param>
public sealed record ImportProblem(string Message, string Place = "", int Line = 0, int Column = 0)
{
    public override string ToString() =>
        (Line > 0 ? $"line {Line}{(Column > 0 ? $", column {Column}" : "")}{(Place.Length > 0 ? $" ({Place})" : "")}: " : Place.Length > 0 ? $"{Place}: " : "") + Message;
}

/// <summary>A file that was read, or what is wrong with it; never both.</summary>
/// <param name="Tool">The tool whose file it is, where it was chosen or recognised.</param>
public sealed record ImportReading(ForeignRun? Run, IImporter? Tool, ImportProblem? Problem);
