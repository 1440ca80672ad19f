using Brigade.Contracts.Plan;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;
using Brigade.Data.Startup;
using Microsoft.EntityFrameworkCore;

namespace Brigade.Data.Queries;

/// <summary>Several runs of the current workspace at once, with what a comparison needs of them. One context per operation.</summary>
public sealed class ComparisonStore(IDbContextFactory<BrigadeDbContext> contexts, StorageLocation location) : Store(contexts, location)
{
    /// <summary>Runs that <see cref="EarlierAsync"/> looks at: enough to tell the noise between runs, and few enough to be of the same time.</summary>
    public const int MostEarlier = 20;

    /// <summary>The runs that exist, in the order of <paramref name="ids"/>, with their trials by index and without their histograms.</summary>
    public Task<IReadOnlyList<MeasuredRun>> LoadAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellation = default) => ReadAsync<IReadOnlyList<MeasuredRun>>(
        async db =>
        {
            var rows = await db.Runs.Where(run => ids.Contains(run.Id)).Select(RunList.ToRow).ToDictionaryAsync(run => run.Id, cancellation);
            var rest = await (
                from run in db.Runs
                join document in db.RunDocuments on run.Id equals document.RunId
                where ids.Contains(run.Id)
                select new { run.Id, run.Seed, run.CommittedSequence, document.Spec, document.Machine, document.Plan }).ToDictionaryAsync(run => run.Id, cancellation);
            List<MeasuredRun> runs = [];
            foreach (var id in ids.Where(id => rows.ContainsKey(id) && rest.ContainsKey(id)))
            {
                var detail = new RunDetail(
                    rows[id], StoredJson.Read<ExperimentSpec>(rest[id].Spec), rest[id].Seed, StoredJson.ReadOptional<Machine>(rest[id].Machine), StoredJson.ReadOptional<TrialPlan>(rest[id].Plan),
                    rest[id].CommittedSequence);
                runs.Add(new MeasuredRun(detail, await db.Trials.Where(trial => trial.RunId == id).OrderBy(trial => trial.Index).Select(TrialMapping.ToResult).ToListAsync(cancellation)));
            }

            return runs;
        },
        cancellation);

    /// <summary>The run of the same experiment that was queued last before this one and completed; null where there is none.</summary>
    public Task<RunRow?> PreviousAsync(RunRow run, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(run);
        return run.ExperimentId is not { } experiment ? Task.FromResult<RunRow?>(null) : ReadAsync(
            db => db.Runs
                .Where(other => other.ExperimentId == experiment && other.QueuedAt < run.QueuedAt && other.Status == RunStatus.Completed)
                .OrderByDescending(other => other.QueuedAt).ThenByDescending(other => other.Id)
                .Select(RunList.ToRow)
                .FirstOrDefaultAsync(cancellation),
            cancellation);
    }

    /// <summary>The medians of each cell in the last completed runs of an experiment on one machine that ended before a time, oldest first, by <see cref="CellKey"/>: how much runs differ from run to run.</summary>
    public Task<ILookup<string, EarlierMedians>> EarlierAsync(Guid experimentId, string machineKey, DateTimeOffset before, CancellationToken cancellation = default) => ReadAsync(
        async db =>
        {
            var runs = await db.Runs
                .Where(run => run.ExperimentId == experimentId && run.MachineKey == machineKey && run.EndedAt < before && run.Status == RunStatus.Completed && run.Source == "")
                .OrderByDescending(run => run.QueuedAt).ThenByDescending(run => run.Id)
                .Select(run => run.Id)
                .Take(MostEarlier)
                .ToListAsync(cancellation);
            var points = await db.CellPoints
                .Where(point => runs.Contains(point.RunId))
                .OrderBy(point => point.EndedAt).ThenBy(point => point.RunId)
                .Select(point => new { point.CellKey, point.Throughput, point.P99Ms })
                .ToListAsync(cancellation);
            return points.ToLookup(point => point.CellKey, point => new EarlierMedians(point.Throughput, point.P99Ms), StringComparer.Ordinal);
        },
        cancellation);

    /// <summary>The latency histograms of some trials of a run, by trial, compressed as in <see cref="TrialResult.Histogram"/>; trials without one are absent.</summary>
    public Task<IReadOnlyDictionary<int, byte[]>> HistogramsAsync(Guid run, IReadOnlyCollection<int> trials, CancellationToken cancellation = default) => ReadAsync<IReadOnlyDictionary<int, byte[]>>(
        async db => await db.LatencyHistograms
            .Where(row => row.RunId == run && trials.Contains(row.Trial))
            .Select(row => new { row.Trial, row.Compressed })
            .ToDictionaryAsync(row => row.Trial, row => row.Compressed, cancellation),
        cancellation);
}

/// <summary>What an earlier run measured in a cell.</summary>
/// <param name="Throughput">Median, in tasks per second.</param>
/// <param name="P99Ms">Median of the repetitions' 99th percentiles; null where an import does not tell it.</param>
public sealed record EarlierMedians(double Throughput, double? P99Ms);

/// <summary>A run with the trials of it that ended, without their histograms.</summary>
public sealed record MeasuredRun(RunDetail Run, IReadOnlyList<TrialResult> Trials);
