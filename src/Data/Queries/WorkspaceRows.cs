using System.Reflection;
using Brigade.Data.Entities;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Brigade.Data.Queries;

/// <summary>Deletes all that the current workspace has, whatever kinds of things there are: read from the model, so that a new kind cannot be forgotten.</summary>
internal static class WorkspaceRows
{
    private static readonly MethodInfo DeleteOf = typeof(WorkspaceRows).GetMethod(nameof(DeleteOfAsync), BindingFlags.NonPublic | BindingFlags.Static)!;

    public static async Task DeleteAllAsync(BrigadeDbContext db, CancellationToken cancellation)
    {
        foreach (var kind in Order([.. db.Model.GetEntityTypes().Where(IsOwned).Where(kind => !GoesWithAnother(kind))]))
            await (Task)DeleteOf.MakeGenericMethod(kind.ClrType).Invoke(null, [db, cancellation])!;
    }

    private static bool IsOwned(IReadOnlyEntityType kind) => typeof(IWorkspaceOwned).IsAssignableFrom(kind.ClrType);

    // The database deletes these itself, by the key of what they belong to; asked for by their workspace, it would read the whole table.
    private static bool GoesWithAnother(IReadOnlyEntityType kind) =>
        kind.GetForeignKeys().Any(key => key is { IsRequired: true, DeleteBehavior: DeleteBehavior.Cascade } && key.PrincipalEntityType != kind && IsOwned(key.PrincipalEntityType));

    /// <summary>What points to something is before it.</summary>
    private static List<IReadOnlyEntityType> Order(IReadOnlyList<IReadOnlyEntityType> kinds)
    {
        List<IReadOnlyEntityType> ordered = [];
        void Visit(IReadOnlyEntityType kind)
        {
            if (ordered.Contains(kind))
                return;
            foreach (var pointing in kinds.Where(other => other != kind && other.GetForeignKeys().Any(key => key.PrincipalEntityType == kind)))
                Visit(pointing);
            ordered.Add(kind);
        }

        foreach (var kind in kinds)
            Visit(kind);
        return ordered;
    }

    private static Task DeleteOfAsync<TEntity>(BrigadeDbContext db, CancellationToken cancellation)
        where TEntity : class, IWorkspaceOwned => db.Set<TEntity>().ExecuteDeleteAsync(cancellation);
}
