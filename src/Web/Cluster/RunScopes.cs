using Brigade.Data;
using Brigade.Data.Queries;

namespace Brigade.Web.Cluster;

internal static class RunScopes
{
    /// <summary>The workspace of a run; <see cref="Guid.Empty"/>, in which nothing is seen, where there is no such run.</summary>
    public static async Task<Guid> WorkspaceOfAsync(this IServiceScopeFactory scopes, Guid runId)
    {
        await using var scope = scopes.CreateSystemScope(Guid.Empty);
        return await scope.ServiceProvider.GetRequiredService<WorkspaceDirectory>().OfRunAsync(runId) ?? Guid.Empty;
    }

    /// <summary>A DI scope in which Brigade itself works in the workspace of a run.</summary>
    public static async Task<AsyncServiceScope> CreateRunScopeAsync(this IServiceScopeFactory scopes, Guid runId) => scopes.CreateSystemScope(await scopes.WorkspaceOfAsync(runId));
}
