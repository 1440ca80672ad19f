using Brigade.Contracts.Spec;

namespace Brigade.Contracts.Plan;

/// <summary>Expands a spec's matrix into trials.</summary>
public static class TrialPlanner
{
    /// <summary>The most trials that one run may have.</summary>
    public const int MaximumTrials = 2_000;

    /// <summary>The plan of a valid spec; the same spec and seed give the same plan.</summary>
    /// <param name="spec">A spec that <see cref="SpecValidator"/> accepts.</param>
    /// <param name="seed">Seed of the order, stored with the run.</param>
    public static TrialPlan Expand(ExperimentSpec spec, int seed) => new([], [], seed, []);
}
