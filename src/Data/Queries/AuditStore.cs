using Brigade.Data.Entities;
using Brigade.Data.Startup;
using Microsoft.EntityFrameworkCore;

namespace Brigade.Data.Queries;

/// <summary>Who did what in the current workspace, for its admins. Entries are written by the stores whose acts they are, never by hand. One context per operation.</summary>
public sealed class AuditStore(IDbContextFactory<BrigadeDbContext> contexts, StorageLocation location) : Store(contexts, location)
{
    /// <summary>Newest first.</summary>
    /// <exception cref="Errors.NotAllowedException">Only admins read it.</exception>
    public Task<Slice<AuditRow>> ListAsync(AuditQuery query, CancellationToken cancellation = default)
    {
        if (query.Take is < 1 or > RunStore.MaximumPageSize)
            throw new ArgumentOutOfRangeException(nameof(query), $"Take is {query.Take} and has to be 1 to {RunStore.MaximumPageSize}.");
        return ReadAsync(
            async db =>
            {
                db.Scope.Demand(WorkspaceRole.Admin);
                var rows = await Page(db.AuditEntries, query).ToListAsync(cancellation);
                return new Slice<AuditRow>([.. rows.Take(query.Take)], rows.Count > query.Take);
            },
            cancellation);
    }

    /// <summary>One more than wanted.</summary>
    internal static IQueryable<AuditRow> Page(IQueryable<AuditEntry> entries, AuditQuery query)
    {
        if (query.Action.Trim() is { Length: > 0 } action)
        {
            // A noun alone means all that was done to such things.
            var pattern = StoredText.Escaped(action) + ".%";
            entries = action.Contains('.', StringComparison.Ordinal)
                ? entries.Where(entry => entry.Action == action)
                : entries.Where(entry => EF.Functions.Like(entry.Action, pattern, @"\"));
        }

        if (query.Actor.Trim() is { Length: > 0 } actor)
            entries = entries.Where(entry => entry.ActorName == actor || entry.ActorId == actor);
        if (query.After is var (at, id))
            entries = entries.Where(entry => entry.At < at || (entry.At == at && entry.Id.CompareTo(id) < 0));
        return entries
            .OrderByDescending(entry => entry.At).ThenByDescending(entry => entry.Id)
            .Take(query.Take + 1)
            .Select(entry => new AuditRow(entry.Id, entry.At, entry.ActorId, entry.ActorName, entry.Action, entry.Subject, entry.Detail));
    }
}

/// <summary>Something that was done.</summary>
/// <param name="ActorName">The name that the actor had then.</param>
/// <param name="Action">A noun and a verb, for example <c>run.deleted</c>.</param>
/// <param name="Subject">What it was done to: an id, or a name where it has none.</param>
public sealed record AuditRow(Guid Id, DateTimeOffset At, string ActorId, string ActorName, string Action, string Subject, string Detail);

/// <summary>A page of the audit log. Empty filters match all.</summary>
public sealed record AuditQuery
{
    /// <summary>An action such as <c>run.deleted</c>, or a noun such as <c>run</c> for all that was done to runs.</summary>
    public string Action { get; init; } = "";

    /// <summary>Name or id of who did it.</summary>
    public string Actor { get; init; } = "";

    /// <summary>Goes on behind this one.</summary>
    public AuditPlace? After { get; init; }

    /// <summary>1 to 200.</summary>
    public int Take { get; init; } = 50;
}

/// <summary>A place in the audit log.</summary>
public sealed record AuditPlace(DateTimeOffset At, Guid Id);
