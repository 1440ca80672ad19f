using Brigade.Contracts.Spec;

namespace Brigade.Contracts.Plan;

/// <summary>One cell of the matrix. What does not apply to its strategy is null.</summary>
/// <param name="Params">All parameters of the workload for this cell, swept ones included.</param>
public sealed record Cell(
    string Runtime,
    Strategy Strategy,
    int Workers,
    Channel? Channel,
    StartMethod? StartMethod,
    int? ChunkSize,
    int PayloadBytes,
    IReadOnlyDictionary<string, ParameterValue> Params);

/// <summary>One measurement of one cell.</summary>
/// <param name="Index">Position in the order of execution, from 0.</param>
/// <param name="Cell">Index into <see cref="TrialPlan.Cells"/>.</param>
/// <param name="Repetition">From 1.</param>
public sealed record PlannedTrial(int Index, int Cell, int Repetition);

/// <summary>A spec's matrix as the list of trials to execute, in order.</summary>
/// <param name="Notes">What was folded or dropped, and why, in plain sentences.</param>
public sealed record TrialPlan(IReadOnlyList<Cell> Cells, IReadOnlyList<PlannedTrial> Trials, int Seed, IReadOnlyList<string> Notes);
