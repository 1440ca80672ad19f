using Brigade.Data.Entities;
using Microsoft.Extensions.DependencyInjection;

namespace Brigade.Data;

public static class WorkspaceScopes
{
    /// <summary>A DI scope in which Brigade itself works in a workspace; with <see cref="Guid.Empty"/> in none, which sees no row. Dispose it.</summary>
    public static AsyncServiceScope CreateSystemScope(this IServiceScopeFactory scopes, Guid workspaceId)
    {
        ArgumentNullException.ThrowIfNull(scopes);
        var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<WorkspaceScope>().Enter(FixedWorkspaceScope.OfSystem(workspaceId));
        return scope;
    }

    /// <summary>A DI scope that reads as the visitor of a share link does: no store writes in it. Dispose it, and let no request but that of the link have it.</summary>
    public static AsyncServiceScope CreateShareScope(this IServiceScopeFactory scopes, Guid workspaceId, Guid shareId)
    {
        ArgumentNullException.ThrowIfNull(scopes);
        var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<WorkspaceScope>().Enter(new FixedWorkspaceScope(workspaceId, WorkspaceRole.Viewer, $"share:{shareId}", "share link"));
        return scope;
    }
}
