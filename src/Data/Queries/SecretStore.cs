using System.Globalization;
using Brigade.Contracts.Spec;
using Brigade.Data.Entities;
using Brigade.Data.Startup;
using Microsoft.EntityFrameworkCore;

namespace Brigade.Data.Queries;

/// <summary>A secret as people see it: without its value, which nobody is shown again.</summary>
/// <param name="UsedAt">When a run last got it; null where none did.</param>
public sealed record SecretRow(string Name, DateTimeOffset ChangedAt, string ChangedBy, DateTimeOffset? UsedAt);

/// <summary>The secrets of the current workspace. Admins store and delete them, editors see which there are, and a value leaves the store only with a run that names it. One context per operation.</summary>
public sealed class SecretStore(IDbContextFactory<BrigadeDbContext> contexts, StorageLocation location, ISecretCipher cipher, TimeProvider clock) : Store(contexts, location)
{
    /// <summary>The most that a workspace has.</summary>
    public const int Most = 200;

    /// <summary>By name.</summary>
    /// <exception cref="Errors.NotAllowedException">Only editors need to know.</exception>
    public Task<IReadOnlyList<SecretRow>> ListAsync(CancellationToken cancellation = default) => ReadAsync<IReadOnlyList<SecretRow>>(
        async db =>
        {
            db.Scope.Demand(WorkspaceRole.Editor);
            return await db.Secrets.OrderBy(secret => secret.Name).Select(secret => new SecretRow(secret.Name, secret.ChangedAt, secret.ChangedBy, secret.UsedAt)).ToListAsync(cancellation);
        },
        cancellation);

    /// <summary>What is wrong with a name or a value, as a sentence that does not repeat the value; null where nothing is.</summary>
    public static string? Problem(string name, string? value) =>
        !SecretReferences.IsName(name) ? string.Create(CultureInfo.InvariantCulture, $"A name has letters, digits, dashes and underscores, at most {SecretReferences.LongestName} of them, and begins with a letter.")
        : value is null ? null
        : value.Length < SecretReferences.ShortestValue ? string.Create(CultureInfo.InvariantCulture, $"A value has {SecretReferences.ShortestValue} characters or more: a shorter one could not be kept out of logs without spoiling them.")
        : value.Length > SecretReferences.LongestValue ? string.Create(CultureInfo.InvariantCulture, $"A value has at most {SecretReferences.LongestValue:N0} characters.")
        : value.Contains('\0', StringComparison.Ordinal) ? "A value has no NUL character."
        : null;

    /// <summary>Stores a secret, or another value for one; for admins.</summary>
    /// <returns>False where there are too many already.</returns>
    /// <exception cref="ArgumentException">See <see cref="Problem"/>.</exception>
    public Task<bool> SetAsync(string name, string value, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (Problem(name, value) is { } problem)
            throw new ArgumentException(problem, nameof(name));
        return WriteAsync(
            WorkspaceRole.Admin,
            async db =>
            {
                var row = await db.Secrets.AsTracking().SingleOrDefaultAsync(secret => secret.Name == name, cancellation);
                var isNew = row is null;
                if (row is null)
                {
                    if (await db.Secrets.CountAsync(cancellation) >= Most)
                        return false;
                    row = new StoredSecret { WorkspaceId = db.WorkspaceId, Name = name };
                    db.Add(row);
                }

                (row.Cipher, row.ChangedAt, row.ChangedBy) = (cipher.Encrypt(db.WorkspaceId, name, value), clock.GetUtcNow(), db.Scope.ActorName);
                db.Audit(isNew ? "secret.created" : "secret.changed", name);
                await db.SaveChangesAsync(cancellation);
                return true;
            },
            cancellation);
    }

    /// <summary>For admins.</summary>
    /// <returns>False where there is no such secret.</returns>
    public Task<bool> DeleteAsync(string name, CancellationToken cancellation = default) => WriteAsync(
        WorkspaceRole.Admin,
        async db =>
        {
            if (await db.Secrets.Where(secret => secret.Name == name).ExecuteDeleteAsync(cancellation) == 0)
                return false;
            db.Audit("secret.deleted", name);
            return true;
        },
        cancellation);

    /// <summary>The values of some secrets, for a run that names them and nobody else: only Brigade itself gets them. Names that are not stored are left out.</summary>
    /// <exception cref="UnreadableSecretException">One cannot be decrypted.</exception>
    public Task<IReadOnlyDictionary<string, string>> TakeAsync(IReadOnlyCollection<string> names, CancellationToken cancellation = default) => names.Count == 0
        ? Task.FromResult<IReadOnlyDictionary<string, string>>(new Dictionary<string, string>(StringComparer.Ordinal))
        : WriteAsync<IReadOnlyDictionary<string, string>>(
            WorkspaceRole.Owner,
            async db =>
            {
                var values = new Dictionary<string, string>(StringComparer.Ordinal);
                foreach (var row in await db.Secrets.Where(secret => names.Contains(secret.Name)).ToListAsync(cancellation))
                {
                    values[row.Name] = cipher.Decrypt(row.WorkspaceId, row.Name, row.Cipher)
                        ?? throw new UnreadableSecretException($"the secret '{row.Name}' cannot be decrypted, because the server's keys are not those that it was stored with; an admin can store it again in the workspace's settings, under Secrets and network");
                }

                var (found, now) = (values.Keys.ToList(), clock.GetUtcNow());
                await db.Secrets.Where(secret => found.Contains(secret.Name)).ExecuteUpdateAsync(set => set.SetProperty(secret => secret.UsedAt, now), cancellation);
                return values;
            },
            cancellation);
}

/// <summary>A secret is stored, and cannot be had. The message says which and what to do.</summary>
public sealed class UnreadableSecretException(string message) : Exception(message);
