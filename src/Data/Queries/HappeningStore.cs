using Brigade.Data.Entities;
using Brigade.Data.Startup;
using Microsoft.EntityFrameworkCore;

namespace Brigade.Data.Queries;

/// <summary>What has happened in the current workspace and was not told to everybody yet. Stores write it by <see cref="BrigadeDbContext.Happen"/>. One context per operation.</summary>
public sealed class HappeningStore(IDbContextFactory<BrigadeDbContext> contexts, StorageLocation location, TimeProvider clock) : Store(contexts, location)
{
    /// <summary>Oldest first.</summary>
    public Task<IReadOnlyList<HappeningRow>> NextAsync(int take, CancellationToken cancellation = default) => ReadAsync<IReadOnlyList<HappeningRow>>(
        async db => await db.Happenings
            .OrderBy(happening => happening.At).ThenBy(happening => happening.Id)
            .Take(take)
            .Select(happening => new HappeningRow(happening.Id, happening.At, happening.Kind, happening.Subject, happening.Data))
            .ToListAsync(cancellation),
        cancellation);

    /// <summary>Everybody has been told.</summary>
    public Task<int> DoneAsync(Guid id, CancellationToken cancellation = default) =>
        WriteAsync(db => db.Happenings.Where(happening => happening.Id == id).ExecuteDeleteAsync(cancellation), cancellation);

    /// <summary>Something happened that is no other store's business, or that follows from another happening; with an id that is there already it is the same one.</summary>
    public Task<bool> AddAsync(Guid id, string kind, Guid subject, string data, CancellationToken cancellation = default) => WriteAsync(
        async db =>
        {
            if (await db.Happenings.AnyAsync(happening => happening.Id == id, cancellation))
                return false;
            db.Add(new Happening { Id = id, At = clock.GetUtcNow(), Kind = kind, Subject = subject, Data = data });
            await db.SaveChangesAsync(cancellation);
            return true;
        },
        cancellation);
}

/// <summary>Something that has happened; see <see cref="Happening"/>.</summary>
public sealed record HappeningRow(Guid Id, DateTimeOffset At, string Kind, Guid Subject, string Data);
