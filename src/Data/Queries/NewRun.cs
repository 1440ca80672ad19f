using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;
using Brigade.Data.Entities;

namespace Brigade.Data.Queries;

/// <summary>The row of a run that nothing has happened to yet.</summary>
internal static class NewRun
{
    /// <summary>Adds a queued run with its document to a transaction.</summary>
    /// <param name="json">The spec as it is stored.</param>
    public static Run Add(BrigadeDbContext db, ExperimentSpec spec, string json, int seed, int trialCount, Guid? experimentId, int? version, DateTimeOffset now, string schedule = "")
    {
        var run = Of(spec, seed, trialCount, experimentId, version, now, queuedAt: now);
        run.Schedule = schedule;
        db.Add(run);
        db.Add(new RunDocument { RunId = run.Id, Spec = json });
        db.Audit("run.queued", run.Id.ToString(), run.Name);
        return run;
    }

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
