using Microsoft.EntityFrameworkCore;

namespace Brigade.Data.Startup;

/// <summary>Hands out contexts that work in the current workspace.</summary>
internal sealed class WorkspaceContextFactory<TContext>(IDbContextFactory<TContext> contexts, IWorkspaceScope scope, TimeProvider clock) : IDbContextFactory<BrigadeDbContext>
    where TContext : BrigadeDbContext
{
    public BrigadeDbContext CreateDbContext() => Enter(contexts.CreateDbContext());

    public async Task<BrigadeDbContext> CreateDbContextAsync(CancellationToken cancellationToken = default) =>
        Enter(await contexts.CreateDbContextAsync(cancellationToken));

    private TContext Enter(TContext context)
    {
        context.Enter(scope, clock);
        return context;
    }
}
