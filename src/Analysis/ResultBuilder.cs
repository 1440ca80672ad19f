using Brigade.Contracts.Plan;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;

namespace Brigade.Analysis;

/// <summary>Builds a run's result from what was measured: the one place where trials become cells, findings, thresholds and advice, for the command line, the API and the pages alike.</summary>
public static class ResultBuilder
{
    /// <param name="trials">Trials that ended, in any order.</param>
    public static RunResult Build(ExperimentSpec spec, RunStatus status, Machine machine, TrialPlan plan, IReadOnlyList<TrialResult> trials) => throw new NotSupportedException();
}
