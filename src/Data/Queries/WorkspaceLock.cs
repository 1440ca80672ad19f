using Microsoft.EntityFrameworkCore;

namespace Brigade.Data.Queries;

/// <summary>Lets one at a time do what looks first and acts then, within one workspace: until the transaction ends. New rows of the workspace do not wait for it.</summary>
internal static class WorkspaceLock
{
    // An update that changes nothing locks the row on PostgreSQL; on SQLite the transaction has the lock for the whole file already.
    public static Task TakeAsync(BrigadeDbContext db, CancellationToken cancellation)
    {
        var id = db.WorkspaceId;
        return db.Workspaces.Where(workspace => workspace.Id == id).ExecuteUpdateAsync(set => set.SetProperty(workspace => workspace.Name, workspace => workspace.Name), cancellation);
    }
}
