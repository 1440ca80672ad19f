using System.Linq.Expressions;
using Brigade.Contracts.Runs;
using Brigade.Data.Entities;

namespace Brigade.Data.Queries;

/// <summary>What a list of runs is sorted by: for the few that a filter leaves, which are put in order here rather than looked for in an index of all.</summary>
internal sealed record RunKey(Guid Id, DateTimeOffset QueuedAt, string NameKey, RunStatus Status, double DurationMs)
{
    public static Expression<Func<Run, RunKey>> Of { get; } = run => new RunKey(run.Id, run.QueuedAt, run.NameKey, run.Status, run.DurationMs);

    /// <summary>The ids of a page of them, in the order that <see cref="RunList.Page"/> has.</summary>
    public static IReadOnlyList<Guid> Page(IEnumerable<RunKey> keys, RunQuery query)
    {
        var ascending = query.Sort switch
        {
            RunSort.Queued => keys.OrderBy(key => key.QueuedAt).ThenBy(key => key.Id),
            RunSort.Name => keys.OrderBy(key => key.NameKey, StringComparer.Ordinal).ThenBy(key => key.Id),
            RunSort.Status => keys.OrderBy(key => key.Status.ToString(), StringComparer.Ordinal).ThenBy(key => key.QueuedAt).ThenBy(key => key.Id),
            RunSort.Duration => keys.OrderBy(key => key.DurationMs).ThenBy(key => key.Id),
            _ => throw new ArgumentOutOfRangeException(nameof(query), query.Sort, "Unknown order."),
        };
        var ordered = query.Descending ? ascending.Reverse() : ascending;
        return [.. ordered.Where(key => query.After is not { } after || key.IsBehind(after, query.Descending)).Skip(query.Skip).Take(query.Take).Select(key => key.Id)];
    }

    private bool IsBehind(RunPlace place, bool descending)
    {
        var order = (QueuedAt, Id).CompareTo((place.QueuedAt, place.Id));
        return descending ? order < 0 : order > 0;
    }
}
