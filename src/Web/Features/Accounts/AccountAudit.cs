using Brigade.Data;
using Brigade.Data.Entities;
using Brigade.Data.Queries;

namespace Brigade.Web.Features.Accounts;

/// <summary>
/// Tells workspaces what happens to the accounts of their members. An account is of no workspace, and reaches into several: each of them has to know when it is not safe any more. Only coming in
/// is told to the one that is entered alone.
/// </summary>
internal sealed class AccountAudit(IServiceScopeFactory scopes, ILogger<AccountAudit> logger)
{
    /// <summary>Something that the account's own person did, in all of their workspaces.</summary>
    public Task NoteAsync(User user, string action, string detail = "") => NoteAsync(user, user.Id.ToString(), user.DisplayName, action, detail, isEntry: false);

    /// <summary>Something that somebody else did to it.</summary>
    public Task NoteAsync(User user, IWorkspaceScope by, string action, string detail = "") => NoteAsync(user, by.ActorId, by.ActorName, action, detail, isEntry: false);

    /// <summary>Something that was tried by nobody knows whom.</summary>
    public Task NoteAttemptAsync(User user, string action, string detail) => NoteAsync(user, AuditEntry.UnknownActor, "Somebody", action, detail, isEntry: false);

    /// <summary>That the person came in.</summary>
    public Task NoteEntryAsync(User user, string detail) => NoteAsync(user, user.Id.ToString(), user.DisplayName, "account.signed-in", detail, isEntry: true);

    private async Task NoteAsync(User user, string actorId, string actorName, string action, string detail, bool isEntry)
    {
        try
        {
            IEnumerable<Guid> workspaces;
            await using (var above = scopes.CreateSystemScope(Guid.Empty))
                workspaces = (await above.ServiceProvider.GetRequiredService<WorkspaceDirectory>().OfUserAsync(user.Id)).Select(membership => membership.WorkspaceId);
            if (isEntry)
                workspaces = workspaces.OrderByDescending(workspace => workspace == user.LastWorkspaceId).Take(1);
            foreach (var workspace in workspaces)
            {
                await using var scope = scopes.CreateAsyncScope();
                scope.ServiceProvider.GetRequiredService<WorkspaceScope>().Enter(new FixedWorkspaceScope(workspace, WorkspaceRole.Owner, actorId, actorName));
                await scope.ServiceProvider.GetRequiredService<AccountStore>().NoteAsync(action, user.Id, detail.Length > 0 ? $"{user.DisplayName}, {detail}" : user.DisplayName);
            }
        }
        catch (Exception problem) when (problem is not OutOfMemoryException)
        {
            // What it tells has happened; and nobody should be kept out of a server that is short of room, because that is who can mend it.
            logger.LogError("{Action} of account {Account} could not be noted in the audit log: {Problem}", action, user.Id, problem.GetBaseException().Message);
        }
    }
}
