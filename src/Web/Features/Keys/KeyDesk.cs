using Brigade.Data.Entities;
using Brigade.Data.Queries;
using Brigade.Web.Access.Keys;
using Brigade.Web.Access.Sessions;

namespace Brigade.Web.Features.Keys;

/// <summary>Makes and ends keys: the one place for the page and the API.</summary>
internal sealed class KeyDesk(ApiKeyStore store, ISessions sessions, TimeProvider time)
{
    public const int MostDays = 3650;

    /// <summary>A new key with its text, which is not kept; null where there are too many already.</summary>
    /// <param name="days">1 to <see cref="MostDays"/>; null for never.</param>
    public async Task<(string Text, ApiKeyRow Row)?> CreateAsync(string name, ApiKeyScope scope, int? days, CancellationToken cancellation = default)
    {
        var text = ApiKeyText.New();
        var expires = days is { } count ? time.GetUtcNow().AddDays(count) : (DateTimeOffset?)null;
        return await store.CreateAsync(name, scope, ApiKeyText.Prefix(text), ApiKeyText.Hash(text), expires, cancellation) is { } row ? (text, row) : null;
    }

    /// <summary>Ends a key, and what its bearer has open; null where there is none.</summary>
    public async Task<ApiKeyRow?> RevokeAsync(Guid id, CancellationToken cancellation = default)
    {
        var row = await store.RevokeAsync(id, cancellation);
        if (row is null)
            return null;
        sessions.End(ApiKeyRing.ActorId(id));
        sessions.End(ApiKeyRing.RunnerActorId(id));
        return row;
    }
}
