using Brigade.Contracts.Runs;
using Brigade.Data.Entities;
using Brigade.Data.Errors;
using Brigade.Data.Startup;
using Microsoft.EntityFrameworkCore;

namespace Brigade.Data.Queries;

/// <summary>Baselines of the current workspace: for each experiment, and for each tag of its runs, at most one run that others are compared with. One context per operation.</summary>
public sealed class BaselineStore(IDbContextFactory<BrigadeDbContext> contexts, StorageLocation location, TimeProvider clock) : Store(contexts, location)
{
    /// <summary>The tag of the baseline that is for all runs of an experiment.</summary>
    public const string ForAll = "";

    /// <summary>The most letters that a note may have.</summary>
    public const int LongestNote = 500;

    /// <summary>The baselines of an experiment: the one for all its runs first, then by tag.</summary>
    public Task<IReadOnlyList<BaselineRow>> ListAsync(Guid experimentId, CancellationToken cancellation = default) => ReadAsync<IReadOnlyList<BaselineRow>>(
        async db => await Rows(db, db.Baselines.Where(baseline => baseline.ExperimentId == experimentId).OrderBy(baseline => baseline.Tag)).ToListAsync(cancellation),
        cancellation);

    /// <summary>What a run is the baseline of; empty for most.</summary>
    public Task<IReadOnlyList<BaselineRow>> OfRunAsync(Guid runId, CancellationToken cancellation = default) => ReadAsync<IReadOnlyList<BaselineRow>>(
        async db => await Rows(db, db.Baselines.Where(baseline => baseline.RunId == runId).OrderBy(baseline => baseline.Tag)).ToListAsync(cancellation),
        cancellation);

    /// <summary>
    /// The baseline that a run is compared with by itself: that of the first of its tags which has one, else that of its experiment. Only a run from before it counts, so that
    /// no run is measured against its future, or against itself. Null where there is none.
    /// </summary>
    public async Task<BaselineRow?> ForAsync(RunRow run, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(run);
        if (run.ExperimentId is not { } experiment)
            return null;
        var baselines = (await ListAsync(experiment, cancellation)).Where(baseline => baseline.QueuedAt < run.QueuedAt).ToDictionary(baseline => baseline.Tag, StringComparer.Ordinal);
        return run.Tags.Append(ForAll).Select(baselines.GetValueOrDefault).FirstOrDefault(baseline => baseline is not null);
    }

    /// <summary>Makes a run the baseline of its experiment, or of a tag, in place of the one before.</summary>
    /// <param name="tag">One of the run's tags, or <see cref="ForAll"/>.</param>
    /// <param name="note">Why, in a few words; at most <see cref="LongestNote"/> letters.</param>
    /// <exception cref="BaselineRefusedException">The run cannot be this baseline; its message says why.</exception>
    public async Task<BaselineRow> PinAsync(Guid experimentId, string tag, Guid runId, string note, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(note);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(note.Length, LongestNote, nameof(note));
        try
        {
            return await WriteAsync(db => PinAsync(db, experimentId, tag, runId, note, cancellation), cancellation);
        }
        catch (Exception error) when (StorageErrors.IsUniqueViolation(error))
        {
            // Somebody pinned another run at the same moment: who came last has it.
            return await WriteAsync(db => PinAsync(db, experimentId, tag, runId, note, cancellation), cancellation);
        }
    }

    /// <summary>Takes a baseline away; its run stays. False where there was none.</summary>
    public Task<bool> UnpinAsync(Guid experimentId, string tag, CancellationToken cancellation = default) => WriteAsync(
        async db =>
        {
            if (await db.Baselines.Where(row => row.ExperimentId == experimentId && row.Tag == tag).ExecuteDeleteAsync(cancellation) == 0)
                return false;
            db.Audit("baseline.unpinned", experimentId.ToString(), For(tag));
            return true;
        },
        cancellation);

    private async Task<BaselineRow> PinAsync(BrigadeDbContext db, Guid experimentId, string tag, Guid runId, string note, CancellationToken cancellation)
    {
        var run = await db.Runs.Where(row => row.Id == runId).Select(RunList.ToRow).SingleOrDefaultAsync(cancellation);
        if (Refusal(run, runId, experimentId, tag) is { } refusal)
            throw new BaselineRefusedException(refusal);
        await db.Baselines.Where(row => row.ExperimentId == experimentId && row.Tag == tag).ExecuteDeleteAsync(cancellation);
        db.Audit("baseline.pinned", runId.ToString(), $"{run!.Name}, for {For(tag)}");
        db.Add(new Baseline { ExperimentId = experimentId, Tag = tag, RunId = runId, PinnedAt = clock.GetUtcNow(), Note = StoredText.Clean(note) });
        await db.SaveChangesAsync(cancellation);
        return await Rows(db, db.Baselines.Where(row => row.ExperimentId == experimentId && row.Tag == tag)).SingleAsync(cancellation);
    }

    private static string For(string tag) => tag.Length == 0 ? "all runs of the experiment" : $"runs with the tag \"{tag}\"";

    private static string? Refusal(RunRow? run, Guid runId, Guid experimentId, string tag) => run switch
    {
        null => $"There is no run {runId} in this workspace.",
        _ when run.ExperimentId != experimentId => $"The run \"{run.Name}\" ({runId}) is of another experiment. Pin one of this experiment's runs.",
        _ when run.Status != RunStatus.Completed => $"The run \"{run.Name}\" has not completed (it is {run.Status.ToString().ToLowerInvariant()}), so it is no measure for others. Pin a completed run.",
        _ when tag.Length > 0 && !run.Tags.Contains(tag, StringComparer.Ordinal) => $"The run \"{run.Name}\" does not have the tag \"{tag}\". {Tags(run)}",
        _ => null,
    };

    private static string Tags(RunRow run) => run.Tags.Count == 0 ? "It has none: pin it for the experiment itself." : $"Its tags are {string.Join(", ", run.Tags.Select(tag => $"\"{tag}\""))}.";

    private static IQueryable<BaselineRow> Rows(BrigadeDbContext db, IQueryable<Baseline> baselines) =>
        from baseline in baselines
        join run in db.Runs on baseline.RunId equals run.Id
        select new BaselineRow(baseline.ExperimentId, baseline.Tag, baseline.RunId, run.Name, run.QueuedAt, run.EndedAt, baseline.PinnedAt, baseline.Note);
}

/// <summary>A baseline with what names its run.</summary>
/// <param name="Tag">The runs that it is for: those with this tag; empty for all of the experiment.</param>
public sealed record BaselineRow(Guid ExperimentId, string Tag, Guid RunId, string RunName, DateTimeOffset QueuedAt, DateTimeOffset? EndedAt, DateTimeOffset PinnedAt, string Note);
