using Brigade.Data.Entities;
using Brigade.Data.Errors;
using Brigade.Data.Startup;
using Microsoft.EntityFrameworkCore;

namespace Brigade.Data.Queries;

/// <summary>One context per operation, and errors that callers can act on.</summary>
public abstract class Store
{
    private readonly IDbContextFactory<BrigadeDbContext> _contexts;
    private readonly StorageLocation _location;

    private protected Store(IDbContextFactory<BrigadeDbContext> contexts, StorageLocation location)
    {
        _contexts = contexts;
        _location = location;
    }

    private protected Task<T> ReadAsync<T>(Func<BrigadeDbContext, Task<T>> operation, CancellationToken cancellation) => UseAsync(operation, cancellation);

    /// <summary>As an editor at least. See <see cref="WriteAsync{T}(WorkspaceRole, Func{BrigadeDbContext, Task{T}}, CancellationToken)"/>.</summary>
    private protected Task<T> WriteAsync<T>(Func<BrigadeDbContext, Task<T>> operation, CancellationToken cancellation) => WriteAsync(WorkspaceRole.Editor, operation, cancellation);

    /// <summary>All or nothing. On SQLite the transaction takes the write lock at once, so that it never has to give up half way.</summary>
    /// <param name="atLeast">The role that it takes.</param>
    /// <exception cref="NotAllowedException">Whoever works here has a lesser role, or is in no workspace.</exception>
    private protected Task<T> WriteAsync<T>(WorkspaceRole atLeast, Func<BrigadeDbContext, Task<T>> operation, CancellationToken cancellation) => UseAsync(
        async db =>
        {
            db.Scope.Demand(atLeast);
            await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
            var result = await operation(db);
            if (db.HasUnsavedNotes)
                await db.SaveChangesAsync(cancellation);
            await transaction.CommitAsync(cancellation);
            return result;
        },
        cancellation);

    private async Task<T> UseAsync<T>(Func<BrigadeDbContext, Task<T>> operation, CancellationToken cancellation)
    {
        try
        {
            await using var db = await _contexts.CreateDbContextAsync(cancellation);
            return await operation(db);
        }
        catch (Exception error)
        {
            StorageErrors.ThrowIfKnown(error, _location.Place);
            throw;
        }
    }
}
