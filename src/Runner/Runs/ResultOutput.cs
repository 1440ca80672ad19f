using Brigade.Analysis;
using Brigade.Analysis.Reports;
using Brigade.Contracts.Messages;
using Brigade.Contracts.Plan;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;

namespace Brigade.Runner.Runs;

/// <summary>Collects a run's trials and builds its result.</summary>
internal sealed class ResultOutput(ExperimentSpec spec) : IRunOutput
{
    private readonly List<TrialResult> _trials = [];
    private RunStarted? _started;
    private RunStatus _status = RunStatus.Running;

    /// <summary>The plan as soon as the run has started.</summary>
    public TrialPlan? Plan => _started?.Plan;

    public ValueTask WriteAsync(RunEvent runEvent)
    {
        switch (runEvent)
        {
            case RunStarted started:
                _started = started;
                break;
            case TrialEnded ended:
                _trials.Add(ended.Result);
                break;
            case RunEnded ended:
                _status = ended.Status;
                break;
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>The result of what was measured; null where the run did not even start.</summary>
    public RunResult? Build() => _started is null ? null : ResultBuilder.Build(spec, _status, _started.Machine, _started.Plan, _trials);

    /// <summary>The result with its trials' histograms, which are most of its size.</summary>
    public RunResult WithHistograms(RunResult result) =>
        RunReport.WithHistograms(result, _trials.ToDictionary(trial => trial.Index, trial => trial.Histogram), _trials.ToDictionary(trial => trial.Index, trial => trial.UncorrectedHistogram));
}
