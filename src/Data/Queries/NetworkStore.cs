using System.Globalization;
using Brigade.Contracts.Network;
using Brigade.Data.Entities;
using Brigade.Data.Startup;
using Microsoft.EntityFrameworkCore;

namespace Brigade.Data.Queries;

/// <summary>Whom the runs of the current workspace may connect to. One context per operation.</summary>
public sealed class NetworkStore(IDbContextFactory<BrigadeDbContext> contexts, StorageLocation location) : Store(contexts, location)
{
    public Task<NetworkRules> RulesAsync(CancellationToken cancellation = default) => ReadAsync(
        async db => await db.WorkspaceSettings.Select(row => new { row.AllowedTargets, row.OnlyAllowedTargets }).SingleOrDefaultAsync(cancellation) is { } row
            ? new NetworkRules(row.AllowedTargets.Split('\n', StringSplitOptions.RemoveEmptyEntries), row.OnlyAllowedTargets)
            : NetworkRules.PublicOnly,
        cancellation);

    /// <summary>For admins.</summary>
    /// <exception cref="ArgumentException">See <see cref="NetworkRules.Problem"/>.</exception>
    public Task<bool> ChangeRulesAsync(NetworkRules rules, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(rules);
        if (rules.Problem() is { } problem)
            throw new ArgumentException(problem, nameof(rules));
        return WriteAsync(
            WorkspaceRole.Admin,
            async db =>
            {
                if (await db.WorkspaceSettings.AsTracking().SingleOrDefaultAsync(cancellation) is not { } row)
                {
                    row = new WorkspaceSettings { WorkspaceId = db.WorkspaceId };
                    db.Add(row);
                }

                (row.AllowedTargets, row.OnlyAllowedTargets) = (string.Join('\n', rules.Allowed.Select(entry => entry.Trim())), rules.OnlyListed);
                db.Audit("settings.changed", "network", string.Create(CultureInfo.InvariantCulture, $"{(rules.OnlyListed ? "only " : "public addresses and ")}{(rules.Allowed.Count == 0 ? "nothing listed" : string.Join(", ", rules.Allowed))}"));
                await db.SaveChangesAsync(cancellation);
                return true;
            },
            cancellation);
    }
}
