using System.Linq.Expressions;
using Brigade.Contracts.Runs;
using Brigade.Data.Entities;
using Microsoft.EntityFrameworkCore;

namespace Brigade.Data.Queries;

/// <summary>Filters, order and columns of run lists.</summary>
internal static class RunList
{
    public static readonly RunStatus[] Ended = [.. Enum.GetValues<RunStatus>().Where(status => status.IsTerminal())];

    public static readonly RunStatus[] Open = [.. Enum.GetValues<RunStatus>().Where(status => !status.IsTerminal())];

    public static Expression<Func<Run, RunRow>> ToRow { get; } = run => new RunRow(
        run.Id, run.ExperimentId, run.ExperimentVersion, run.Name, run.Workload, run.Runtimes, run.Strategies, run.Status, run.Reason,
        run.QueuedAt, run.StartedAt, run.EndedAt, run.TrialCount, run.TrialsEnded, run.TrialsFailed, run.RunnerName, StoredJson.Read<IReadOnlyList<string>>(run.Tags))
    {
        WorkspaceId = run.WorkspaceId,
        Source = run.Source,
        Schedule = run.Schedule,
        MachineKey = run.MachineKey,
        FramesThinnedAt = run.FramesThinnedAt,
        TrialsThinnedAt = run.TrialsThinnedAt,
    };

    public static IQueryable<RunRow> Page(IQueryable<Run> runs, RunQuery query) => Sort(Candidates(runs, query), query).Skip(query.Skip).Take(query.Take).Select(ToRow);

    private static IQueryable<Run> Candidates(IQueryable<Run> runs, RunQuery query)
    {
        if (query.Statuses.Count == 0)
            return Filter(runs, query);

        // Asked after many match: named by what it is not, a status tempts no database to fetch and sort all that have it, where the wanted order soon has enough of them.
        if (!IsRangeOfAnIndex(query))
        {
            var others = Enum.GetValues<RunStatus>().Except(query.Statuses).ToList();
            return Filter(runs, query with { Statuses = [] }).Where(run => !others.Contains(run.Status));
        }

        // Several statuses in the order of time are no range of an index, but each of them is: as many of each as the page may need, put together.
        return query.Statuses.Distinct().Select(status => Sort(Filter(runs, query with { Statuses = [status] }), query).Take(query.Skip + query.Take)).Aggregate((all, more) => all.Concat(more));
    }

    /// <summary>In no order: asked to sort them, SQLite reads the whole history in that order to find the few that are open.</summary>
    public static IQueryable<RunRow> OpenRuns(IQueryable<Run> runs) => runs.Where(run => Open.Contains(run.Status)).Select(ToRow);

    /// <summary>Whether the page is a range of one index, however few or many runs match: all runs, or one filter in the order of time.</summary>
    public static bool IsRangeOfAnIndex(RunQuery query)
    {
        var filters = (query.Statuses.Count > 0 ? 1 : 0) + (query.IsImported is null ? 0 : 1) + (query.ExperimentId is null ? 0 : 1);
        return query.StarredBy is null && query.Search.Trim().Length == 0 && (filters == 0 || (filters == 1 && query.Sort == RunSort.Queued));
    }

    /// <summary>In no order, so that the filters alone decide how the runs are found.</summary>
    public static IQueryable<RunKey> Keys(BrigadeDbContext db, RunQuery query) => Filter(Starred(db, RunSearch.Candidates(db, query.Search), query), query with { After = null }).Select(RunKey.Of);

    /// <summary>Those with the star that is asked for.</summary>
    public static IQueryable<Run> Starred(BrigadeDbContext db, IQueryable<Run> runs, RunQuery query) =>
        query.StarredBy is { } actor ? runs.Where(run => db.RunStars.Any(star => star.RunId == run.Id && star.ActorId == actor)) : runs;

    public static IQueryable<Run> Filter(IQueryable<Run> runs, RunQuery query)
    {
        if (query.Search.Trim().Length > 0)
            runs = RunSearch.Matching(runs, query.Search);
        if (query.Statuses is [var only])
            runs = runs.Where(run => run.Status == only);
        else if (query.Statuses.Count > 0)
            runs = runs.Where(run => query.Statuses.Contains(run.Status));
        if (query.IsImported is { } isImported)
            runs = runs.Where(run => run.IsImported == isImported);
        if (query.After is var (at, id))
        {
            runs = query.Descending
                ? runs.Where(run => run.QueuedAt <= at && (run.QueuedAt < at || run.Id.CompareTo(id) < 0))
                : runs.Where(run => run.QueuedAt >= at && (run.QueuedAt > at || run.Id.CompareTo(id) > 0));
        }

        if (query.ExperimentId is { } experiment)
            runs = runs.Where(run => run.ExperimentId == experiment);
        return runs;
    }

    // Every order ends with the id, so that pages neither repeat nor leave out a run; each is one of the indexes.
    private static IQueryable<Run> Sort(IQueryable<Run> runs, RunQuery query) => (query.Sort, query.Descending) switch
    {
        (RunSort.Queued, true) => runs.OrderByDescending(run => run.QueuedAt).ThenByDescending(run => run.Id),
        (RunSort.Queued, false) => runs.OrderBy(run => run.QueuedAt).ThenBy(run => run.Id),
        (RunSort.Name, true) => runs.OrderByDescending(run => run.NameKey).ThenByDescending(run => run.Id),
        (RunSort.Name, false) => runs.OrderBy(run => run.NameKey).ThenBy(run => run.Id),
        (RunSort.Status, true) => runs.OrderByDescending(run => run.Status).ThenByDescending(run => run.QueuedAt).ThenByDescending(run => run.Id),
        (RunSort.Status, false) => runs.OrderBy(run => run.Status).ThenBy(run => run.QueuedAt).ThenBy(run => run.Id),
        (RunSort.Duration, true) => runs.OrderByDescending(run => run.DurationMs).ThenByDescending(run => run.Id),
        (RunSort.Duration, false) => runs.OrderBy(run => run.DurationMs).ThenBy(run => run.Id),
        _ => throw new ArgumentOutOfRangeException(nameof(query), query.Sort, "Unknown order."),
    };
}
