using Brigade.Data.Entities;
using Brigade.Data.Startup;
using Microsoft.EntityFrameworkCore;

namespace Brigade.Data.Queries;

/// <summary>
/// What lies above the border: which workspaces there are, and which one a thing or a person belongs to. It is for Brigade itself, which then works within one of them; nothing that it answers
/// goes to a reader as it is. The only store that looks across workspaces.
/// </summary>
public sealed class WorkspaceDirectory(IDbContextFactory<BrigadeDbContext> contexts, StorageLocation location) : Store(contexts, location)
{
    private static readonly string[] Border = [BrigadeDbContext.WorkspaceFilter];

    /// <summary>All workspaces, the oldest first.</summary>
    public Task<IReadOnlyList<Guid>> ListAsync(CancellationToken cancellation = default) => ReadAsync<IReadOnlyList<Guid>>(
        async db => await db.Workspaces.OrderBy(workspace => workspace.CreatedAt).Select(workspace => workspace.Id).ToListAsync(cancellation), cancellation);

    /// <summary>The workspace of a run; null where there is no such run.</summary>
    public Task<Guid?> OfRunAsync(Guid runId, CancellationToken cancellation = default) => ReadAsync(
        db => db.Runs.IgnoreQueryFilters(Border).Where(run => run.Id == runId).Select(run => (Guid?)run.WorkspaceId).SingleOrDefaultAsync(cancellation), cancellation);

    /// <summary>Runs of all workspaces that have not ended, oldest first.</summary>
    public Task<IReadOnlyList<RunRow>> OpenRunsAsync(CancellationToken cancellation = default) => ReadAsync<IReadOnlyList<RunRow>>(
        async db =>
        {
            // Workspace by workspace, because every index begins with it.
            List<RunRow> open = [];
            foreach (var id in await db.Workspaces.Select(workspace => workspace.Id).ToListAsync(cancellation))
                open.AddRange(await RunList.OpenRuns(db.Runs.IgnoreQueryFilters(Border).Where(run => run.WorkspaceId == id)).ToListAsync(cancellation));
            return [.. open.OrderBy(run => run.QueuedAt).ThenBy(run => run.Id)];
        },
        cancellation);

    /// <summary>Workspaces that have ended runs whose trends are to be looked at.</summary>
    public Task<IReadOnlyList<Guid>> DueForExaminationAsync(CancellationToken cancellation = default) => ReadAsync<IReadOnlyList<Guid>>(
        async db => await db.ExaminationsDue.IgnoreQueryFilters(Border).Select(due => due.WorkspaceId).Distinct().ToListAsync(cancellation), cancellation);

    /// <summary>Workspaces in which something has happened that not everybody was told yet.</summary>
    public Task<IReadOnlyList<Guid>> WithHappeningsAsync(CancellationToken cancellation = default) => ReadAsync<IReadOnlyList<Guid>>(
        async db => await db.Happenings.IgnoreQueryFilters(Border).Select(happening => happening.WorkspaceId).Distinct().ToListAsync(cancellation), cancellation);

    /// <summary>Workspaces whose webhooks are to be told something at a time.</summary>
    public Task<IReadOnlyList<Guid>> WithDueDeliveriesAsync(DateTimeOffset now, CancellationToken cancellation = default) => ReadAsync<IReadOnlyList<Guid>>(
        async db => await (
            from delivery in db.WebhookDeliveries.IgnoreQueryFilters(Border)
            join webhook in db.Webhooks.IgnoreQueryFilters(Border) on delivery.WebhookId equals webhook.Id
            where delivery.Status == DeliveryStatus.Waiting && delivery.DueAt <= now && webhook.IsActive
            select delivery.WorkspaceId).Distinct().ToListAsync(cancellation),
        cancellation);

    /// <summary>What a user belongs to, by the workspace's name.</summary>
    public Task<IReadOnlyList<MembershipRow>> OfUserAsync(Guid userId, CancellationToken cancellation = default) => ReadAsync<IReadOnlyList<MembershipRow>>(
        async db => await (
            from membership in db.Memberships.IgnoreQueryFilters(Border)
            join workspace in db.Workspaces on membership.WorkspaceId equals workspace.Id
            where membership.UserId == userId
            orderby workspace.Name, workspace.Id
            select new MembershipRow(workspace.Id, workspace.Name, membership.Role, membership.Since)).ToListAsync(cancellation),
        cancellation);
}

/// <summary>A workspace that a user belongs to, and their role there.</summary>
public sealed record MembershipRow(Guid WorkspaceId, string WorkspaceName, WorkspaceRole Role, DateTimeOffset Since);
