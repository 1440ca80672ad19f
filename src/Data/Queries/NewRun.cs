using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;
using Brigade.Data.Entities;

namespace Brigade.Data.Queries;

/// <summary>The row of a run that nothing has happened to yet.</summary>
internal static class NewRun
{
    public static Run Of(ExperimentSpec spec, int seed, int trialCount, Guid? experimentId, int? version, DateTimeOffset now, DateTimeOffset queuedAt) => new()
    {
        Id = Guid.CreateVersion7(now),
        ExperimentId = experimentId,
        ExperimentVersion = version,
        Name = StoredText.Clean(spec.Name),
        NameKey = StoredText.Key(spec.Name),
        Workload = StoredText.Clean(SpecSummary.Workload(spec.Workload)),
        Runtimes = StoredText.Clean(SpecSummary.Runtimes(spec)),
        Strategies = SpecSummary.Strategies(spec),
        Tags = StoredJson.Write(spec.Tags),
        SearchText = SpecSummary.SearchText(spec),
        Status = RunStatus.Queued,
        Seed = seed,
        QueuedAt = queuedAt,
        TrialCount = trialCount,
    };
}
