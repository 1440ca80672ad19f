using Brigade.Contracts.Plan;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;

namespace Brigade.Analysis.Comparing;

/// <summary>A run as it is stored, to be compared with others.</summary>
/// <param name="Id">What tells the runs apart; shown nowhere.</param>
/// <param name="Name">What people call it.</param>
/// <param name="EndedAt">Null where it is not known.</param>
/// <param name="Trials">Trials that ended, in any order.</param>
public sealed record ComparedRun(string Id, string Name, DateTimeOffset? EndedAt, ExperimentSpec Spec, Machine Machine, TrialPlan Plan, IReadOnlyList<TrialResult> Trials);
