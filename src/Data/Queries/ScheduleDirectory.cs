using Brigade.Data.Startup;
using Microsoft.EntityFrameworkCore;

namespace Brigade.Data.Queries;

/// <summary>Which schedules of all workspaces are due. It lies above the border, as <see cref="WorkspaceDirectory"/> does: whoever asks then works within the workspace of each.</summary>
public sealed class ScheduleDirectory(IDbContextFactory<BrigadeDbContext> contexts, StorageLocation location) : Store(contexts, location)
{
    private static readonly string[] Border = [BrigadeDbContext.WorkspaceFilter];

    /// <summary>The longest overdue first.</summary>
    public Task<IReadOnlyList<DueSchedule>> DueAsync(DateTimeOffset now, int take, CancellationToken cancellation = default) => ReadAsync<IReadOnlyList<DueSchedule>>(
        async db => await db.Schedules.IgnoreQueryFilters(Border).Where(schedule => schedule.NextAt <= now).OrderBy(schedule => schedule.NextAt).Take(take)
            .Select(schedule => new DueSchedule(schedule.WorkspaceId, schedule.Id)).ToListAsync(cancellation),
        cancellation);
}

public sealed record DueSchedule(Guid WorkspaceId, Guid Id);
