using Brigade.Data.Entities;
using Brigade.Data.Errors;
using Brigade.Data.Startup;
using Microsoft.EntityFrameworkCore;

namespace Brigade.Data.Queries;

/// <summary>Which node has which grain: the database keeps that no two have one. For Brigade itself, in a system scope.</summary>
public sealed class GrainStore(IDbContextFactory<BrigadeDbContext> contexts, StorageLocation location) : Store(contexts, location)
{
    /// <summary>Null where nobody has it.</summary>
    public Task<GrainRegistration?> FindAsync(string grain, CancellationToken cancellation = default) =>
        ReadAsync(db => db.GrainRegistrations.SingleOrDefaultAsync(row => row.Grain == grain, cancellation), cancellation);

    /// <summary>Registers where nobody has the grain, or <paramref name="previous"/> has; answers who has it then.</summary>
    public async Task<GrainRegistration> RegisterAsync(GrainRegistration wanted, GrainRegistration? previous, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        while (true)
        {
            if (previous is not null && await ReplaceAsync(wanted, previous, cancellation))
                return wanted;
            if (await FindAsync(wanted.Grain, cancellation) is { } present)
                return present;
            try
            {
                await WriteAsync(
                    WorkspaceRole.Owner,
                    db =>
                    {
                        db.GrainRegistrations.Add(wanted);
                        return db.SaveChangesAsync(cancellation);
                    },
                    cancellation);
                return wanted;
            }
            catch (DbUpdateException error) when (StorageErrors.IsUniqueViolation(error))
            {
                // Another node was faster: see which.
            }
        }
    }

    /// <summary>Forgets exactly this activation; nothing where the grain has moved on.</summary>
    public Task UnregisterAsync(GrainRegistration gone, CancellationToken cancellation = default) => WriteAsync(
        WorkspaceRole.Owner,
        db => db.GrainRegistrations.Where(row => row.Grain == gone.Grain && row.Activation == gone.Activation).ExecuteDeleteAsync(cancellation),
        cancellation);

    /// <summary>Forgets all that nodes had which are gone.</summary>
    public Task ForgetAsync(IReadOnlyCollection<string> silos, CancellationToken cancellation = default) => WriteAsync(
        WorkspaceRole.Owner, db => db.GrainRegistrations.Where(row => silos.Contains(row.Silo)).ExecuteDeleteAsync(cancellation), cancellation);

    private Task<bool> ReplaceAsync(GrainRegistration wanted, GrainRegistration previous, CancellationToken cancellation) => WriteAsync(
        WorkspaceRole.Owner,
        async db => await db.GrainRegistrations.Where(row => row.Grain == wanted.Grain && row.Activation == previous.Activation && row.Silo == previous.Silo).ExecuteUpdateAsync(
            set => set
                .SetProperty(row => row.Activation, wanted.Activation)
                .SetProperty(row => row.Silo, wanted.Silo)
                .SetProperty(row => row.MembershipVersion, wanted.MembershipVersion),
            cancellation) == 1,
        cancellation);
}
