using System.Data;
using Brigade.Data.Entities;
using Brigade.Data.Errors;
using Brigade.Data.Startup;
using Microsoft.EntityFrameworkCore;

namespace Brigade.Data.Queries;

/// <summary>Which nodes there are, and which of them has which grain. For Brigade itself, in a system scope.</summary>
public sealed class ClusterStore(IDbContextFactory<BrigadeDbContext> contexts, StorageLocation location) : Store(contexts, location)
{
    /// <summary>The nodes and the version of their list, as of one moment.</summary>
    /// <param name="silo">Only this one; all where null.</param>
    public Task<ClusterList> ReadAsync(string? silo = null, CancellationToken cancellation = default) => ReadAsync(
        async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation);
            var version = await db.ClusterVersions.Where(row => row.Id == ClusterVersion.TheOne).Select(row => row.Version).SingleOrDefaultAsync(cancellation);
            var members = await db.ClusterMembers.Where(member => silo == null || member.Silo == silo).ToListAsync(cancellation);
            return new ClusterList(version, members);
        },
        cancellation);

    /// <summary>Makes the list's version where there is none.</summary>
    public async Task InitializeAsync(CancellationToken cancellation = default)
    {
        try
        {
            await WriteAsync(
                WorkspaceRole.Owner,
                async db =>
                {
                    if (!await db.ClusterVersions.AnyAsync(cancellation))
                    {
                        db.ClusterVersions.Add(new ClusterVersion { Id = ClusterVersion.TheOne });
                        await db.SaveChangesAsync(cancellation);
                    }

                    return true;
                },
                cancellation);
        }
        catch (DbUpdateException error) when (StorageErrors.IsUniqueViolation(error))
        {
            // Another node was faster.
        }
    }

    /// <summary>Adds a node; false where the list has changed since <paramref name="expected"/>, or has the node already.</summary>
    public Task<bool> AddAsync(ClusterMember member, int expected, CancellationToken cancellation = default) => ChangeAsync(
        expected,
        async db =>
        {
            if (await db.ClusterMembers.AnyAsync(row => row.Silo == member.Silo, cancellation))
                return false;
            db.ClusterMembers.Add(member);
            await db.SaveChangesAsync(cancellation);
            return true;
        },
        cancellation);

    /// <summary>Changes a node whose row is still of this revision; false where it, or the list, has changed meanwhile.</summary>
    public Task<bool> UpdateAsync(ClusterMember member, int revision, int expected, CancellationToken cancellation = default) => ChangeAsync(
        expected,
        async db => await db.ClusterMembers.Where(row => row.Silo == member.Silo && row.Revision == revision).ExecuteUpdateAsync(
            set => set
                .SetProperty(row => row.Status, member.Status)
                .SetProperty(row => row.HostName, member.HostName)
                .SetProperty(row => row.Name, member.Name)
                .SetProperty(row => row.Suspicions, member.Suspicions)
                .SetProperty(row => row.StartedAt, member.StartedAt)
                .SetProperty(row => row.AliveAt, member.AliveAt)
                .SetProperty(row => row.Revision, revision + 1),
            cancellation) == 1,
        cancellation);

    /// <summary>A node says that it is alive.</summary>
    public Task AliveAsync(string silo, DateTimeOffset at, CancellationToken cancellation = default) => WriteAsync(
        WorkspaceRole.Owner,
        db => db.ClusterMembers.Where(row => row.Silo == silo).ExecuteUpdateAsync(set => set.SetProperty(row => row.AliveAt, at), cancellation),
        cancellation);

    /// <summary>Forgets nodes of a state that were alive last before a moment.</summary>
    public Task ForgetAsync(string status, DateTimeOffset before, CancellationToken cancellation = default) => WriteAsync(
        WorkspaceRole.Owner,
        db => db.ClusterMembers.Where(row => row.Status == status && row.AliveAt < before && row.StartedAt < before).ExecuteDeleteAsync(cancellation),
        cancellation);

    /// <summary>Forgets the whole cluster.</summary>
    public Task ClearAsync(CancellationToken cancellation = default) => WriteAsync(
        WorkspaceRole.Owner,
        async db => await db.ClusterMembers.ExecuteDeleteAsync(cancellation) + await db.ClusterVersions.ExecuteDeleteAsync(cancellation),
        cancellation);

    private Task<bool> ChangeAsync(int expected, Func<BrigadeDbContext, Task<bool>> change, CancellationToken cancellation) => ReadAsync(
        async db =>
        {
            db.Scope.Demand(WorkspaceRole.Owner);
            await using var transaction = await db.Database.BeginTransactionAsync(cancellation);

            // Whoever is second waits here for the first, and then finds another version.
            var isFirst = await db.ClusterVersions.Where(row => row.Id == ClusterVersion.TheOne && row.Version == expected)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.Version, expected + 1), cancellation) == 1;
            if (!isFirst || !await change(db))
                return false;
            await transaction.CommitAsync(cancellation);
            return true;
        },
        cancellation);
}

/// <param name="Version">Counts the changes of the list.</param>
public sealed record ClusterList(int Version, IReadOnlyList<ClusterMember> Members);
