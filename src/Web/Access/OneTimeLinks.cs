using System.Security.Cryptography;
using System.Text;
using Brigade.Data;
using Brigade.Data.Entities;
using Brigade.Data.Queries;

namespace Brigade.Web.Access;

/// <summary>Links that open Brigade in one browser, once.</summary>
public interface IOneTimeLinks
{
    /// <summary>A new link. Older ones stay good until they are used or expire.</summary>
    /// <param name="userId">Whom it signs in; the first owner where null.</param>
    Task<OneTimeLink> CreateAsync(Guid? userId = null, CancellationToken cancellation = default);

    /// <summary>Uses a token up; null where it is unknown, expired or used.</summary>
    Task<RedeemedLink?> RedeemAsync(string token, CancellationToken cancellation = default);
}

/// <param name="Path">Path below the server's address, for example <c>/open/…</c>.</param>
public sealed record OneTimeLink(string Path, DateTimeOffset ExpiresAt);

/// <param name="UserId">Whom the link signs in; null for the first owner.</param>
public sealed record RedeemedLink(Guid? UserId);

/// <summary>A link as the API answers it.</summary>
/// <param name="Url">Whole address; it works once, for one browser.</param>
public sealed record LinkResponse(string Url, DateTimeOffset ExpiresAt);

/// <summary>Kept in the database, as hashes: a link works on every node, and outlives the one that made it.</summary>
internal sealed class OneTimeLinks(IServiceScopeFactory scopes, TimeProvider time) : IOneTimeLinks
{
    public const string Prefix = "/open/";

    private const int LongestToken = 200;
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    public async Task<OneTimeLink> CreateAsync(Guid? userId = null, CancellationToken cancellation = default)
    {
        var token = Secret.NewToken();
        var expiresAt = time.GetUtcNow() + Lifetime;
        await using var scope = scopes.CreateSystemScope(Workspace.DefaultId);
        await scope.ServiceProvider.GetRequiredService<EntryLinkStore>().AddAsync(Hash(token), expiresAt, userId, cancellation);
        return new OneTimeLink(Prefix + token, expiresAt);
    }

    public async Task<RedeemedLink?> RedeemAsync(string token, CancellationToken cancellation = default)
    {
        if (token.Length is 0 or > LongestToken)
            return null;
        await using var scope = scopes.CreateSystemScope(Workspace.DefaultId);
        return await scope.ServiceProvider.GetRequiredService<EntryLinkStore>().TakeAsync(Hash(token), cancellation) is { } link ? new RedeemedLink(link.UserId) : null;
    }

    private static string Hash(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
