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
}
