using System.Globalization;
using Brigade.Data.Entities;
using Brigade.Data.Errors;
using Brigade.Data.Startup;
using Microsoft.EntityFrameworkCore;

namespace Brigade.Data.Queries;

/// <summary>The current workspace itself. One context per operation.</summary>
public sealed class WorkspaceStore(IDbContextFactory<BrigadeDbContext> contexts, StorageLocation location, TimeProvider clock) : Store(contexts, location)
{
    /// <summary>Others wait for so many at most.</summary>
    private const int RunsAtOnce = 50;

    /// <summary>Whether a workspace can have the name: 1 to <see cref="Workspace.LongestName"/> characters in one line.</summary>
    public static bool IsName(string name) => name.Trim().Length is > 0 and <= Workspace.LongestName && !name.Any(char.IsControl);

    /// <summary>Null outside any workspace.</summary>
    public Task<string?> NameAsync(CancellationToken cancellation = default) => ReadAsync(
        db =>
        {
            var id = db.WorkspaceId;
            return db.Workspaces.Where(workspace => workspace.Id == id).Select(workspace => workspace.Name).SingleOrDefaultAsync(cancellation);
        },
        cancellation);

    /// <summary>Makes the workspace that this unit of work has entered as its owner, and which nobody has made yet.</summary>
    public Task<bool> CreateAsync(string name, Guid ownerId, CancellationToken cancellation = default) => WriteAsync(
        WorkspaceRole.Owner,
        async db =>
        {
            var (now, clean) = (clock.GetUtcNow(), Checked(name));
            db.Workspaces.Add(new Workspace { Id = db.WorkspaceId, Name = clean, CreatedAt = now });
            db.Memberships.Add(new Membership { UserId = ownerId, Role = WorkspaceRole.Owner, Since = now });
            db.Audit("workspace.created", db.WorkspaceId.ToString(), clean);
            await db.SaveChangesAsync(cancellation);
            return true;
        },
        cancellation);

    /// <summary>For owners.</summary>
    public Task<bool> RenameAsync(string name, CancellationToken cancellation = default) => WriteAsync(
        WorkspaceRole.Owner,
        async db =>
        {
            var (id, clean) = (db.WorkspaceId, Checked(name));
            var before = await db.Workspaces.Where(workspace => workspace.Id == id).Select(workspace => workspace.Name).SingleOrDefaultAsync(cancellation);
            if (before is null)
                return false;
            if (string.Equals(before, clean, StringComparison.Ordinal))
                return true;
            await db.Workspaces.Where(workspace => workspace.Id == id).ExecuteUpdateAsync(set => set.SetProperty(workspace => workspace.Name, clean), cancellation);
            db.Audit("workspace.renamed", id.ToString(), $"{before} to {clean}");
            return true;
        },
        cancellation);

    /// <summary>
    /// For owners. Deletes the workspace and everything in it: some runs at a time, then the rest at once. Should it be cut short, the workspace is there with fewer runs, and it can be deleted again.
    /// </summary>
    /// <exception cref="RefusedException">It is the one that was there from the start, or has runs that have not ended.</exception>
    public async Task DeleteAsync(CancellationToken cancellation = default)
    {
        while (await WriteAsync(WorkspaceRole.Owner, db => DeleteRunsAsync(db, cancellation), cancellation))
        {
            // Until none is left.
        }

        await WriteAsync(
            WorkspaceRole.Owner,
            async db =>
            {
                await RefuseAsync(db, cancellation);
                var id = db.WorkspaceId;
                await WorkspaceRows.DeleteAllAsync(db, cancellation);
                return await db.Workspaces.Where(workspace => workspace.Id == id).ExecuteDeleteAsync(cancellation);
            },
            cancellation);
    }

    private static async Task<bool> DeleteRunsAsync(BrigadeDbContext db, CancellationToken cancellation)
    {
        await RefuseAsync(db, cancellation);
        var some = await db.Runs.OrderBy(run => run.QueuedAt).ThenBy(run => run.Id).Select(run => run.Id).Take(RunsAtOnce).ToListAsync(cancellation);
        await db.Runs.Where(run => some.Contains(run.Id)).ExecuteDeleteAsync(cancellation);
        return some.Count == RunsAtOnce;
    }

    private static async Task RefuseAsync(BrigadeDbContext db, CancellationToken cancellation)
    {
        if (db.WorkspaceId == Workspace.DefaultId)
            throw new RefusedException("This workspace was there from the start and stays: the link that Brigade prints leads to it. Delete its experiments and runs instead.");
        await WorkspaceLock.TakeAsync(db, cancellation);
        var open = await RunList.OpenRuns(db.Runs).CountAsync(cancellation);
        if (open > 0)
            throw new RefusedException(string.Create(CultureInfo.InvariantCulture, $"{open} of its runs {(open == 1 ? "has" : "have")} not ended. Cancel what is queued and running first."));
    }

    private static string Checked(string name) => IsName(name)
        ? StoredText.Clean(name.Trim())
        : throw new ArgumentException($"A workspace's name has 1 to {Workspace.LongestName} characters in one line.", nameof(name));
}
