using System.Collections.Concurrent;
using System.Security.Claims;
using Brigade.Data;
using Brigade.Data.Entities;
using Brigade.Data.Errors;
using Brigade.Data.Queries;

namespace Brigade.Web.Access.Keys;

/// <summary>Knows whose a key is. What it knows is at most two seconds old: so long a revoked key may be good on another node; on this one it ends at once.</summary>
internal sealed class ApiKeyRing(IServiceScopeFactory scopes, TimeProvider time, ILogger<ApiKeyRing> logger)
{
    private static readonly TimeSpan GoodFor = TimeSpan.FromSeconds(2);

    /// <summary>Far more keys than are used at one time; only good ones are remembered, so that nobody fills this by guessing.</summary>
    private const int MostRemembered = 10_000;

    private readonly ConcurrentDictionary<string, (KnownApiKey Key, long At)> _known = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Guid, (bool IsGood, long At)> _judged = new();

    /// <summary>The principal of a key's bearer; null where the key is none, or not good.</summary>
    public async ValueTask<ClaimsPrincipal?> FindAsync(string token, string scheme, CancellationToken cancellation = default)
    {
        if (!ApiKeyText.CanBe(token) || await KeyAsync(ApiKeyText.Hash(token), cancellation) is not { } key || key.ExpiresAt <= time.GetUtcNow())
            return null;
        var id = key.Id.ToString();
        return key.Scope == ApiKeyScope.Runner
            ? AccessPolicies.RunnerPrincipal(scheme, id, key.Name, key.WorkspaceId)
            : AccessPolicies.Principal(scheme, ActorId(key.Id), key.Name, key.WorkspaceId, RoleOf(key.Scope));
    }

    /// <summary>Whether a key that was good is so still.</summary>
    public async ValueTask<bool> IsGoodAsync(Guid key, CancellationToken cancellation = default)
    {
        if (_judged.TryGetValue(key, out var judged) && time.GetElapsedTime(judged.At) < GoodFor)
            return judged.IsGood;
        var at = time.GetTimestamp();
        await using var scope = scopes.CreateSystemScope(Guid.Empty);
        var isGood = await scope.ServiceProvider.GetRequiredService<ApiKeyDirectory>().IsGoodAsync(key, cancellation);
        if (_judged.Count >= MostRemembered)
            _judged.Clear();
        _judged[key] = (isGood, at);
        return isGood;
    }

    /// <summary>The claim that names the bearer of a key.</summary>
    public static string ActorId(Guid key) => $"key:{key}";

    /// <summary>The same for a key that connects a runner.</summary>
    public static string RunnerActorId(Guid key) => $"runner:{key}";

    /// <summary>The key of such a claim; null where it names none.</summary>
    public static Guid? KeyOf(string actorId) =>
        (actorId.StartsWith("key:", StringComparison.Ordinal) || actorId.StartsWith("runner:", StringComparison.Ordinal)) && Guid.TryParse(actorId.AsSpan(actorId.IndexOf(':', StringComparison.Ordinal) + 1), out var key) ? key : null;

    /// <summary>Forgets a key whose state was changed here.</summary>
    public void Forget(Guid key)
    {
        _judged.TryRemove(key, out _);
        foreach (var (hash, known) in _known)
        {
            if (known.Key.Id == key)
                _known.TryRemove(hash, out _);
        }
    }

    public static WorkspaceRole RoleOf(ApiKeyScope scope) => scope switch
    {
        ApiKeyScope.Admin => WorkspaceRole.Admin,
        ApiKeyScope.Write => WorkspaceRole.Editor,
        _ => WorkspaceRole.Viewer,
    };

    private async Task<KnownApiKey?> KeyAsync(string hash, CancellationToken cancellation)
    {
        if (_known.TryGetValue(hash, out var known) && time.GetElapsedTime(known.At) < GoodFor)
            return known.Key;
        var at = time.GetTimestamp();
        await using var scope = scopes.CreateSystemScope(Guid.Empty);
        var directory = scope.ServiceProvider.GetRequiredService<ApiKeyDirectory>();
        if (await directory.FindAsync(hash, cancellation) is not { } key)
        {
            _known.TryRemove(hash, out _);
            return null;
        }

        if (_known.Count >= MostRemembered)
            _known.Clear();
        _known[hash] = (key, at);
        if (key.LastUsedAt is null || time.GetUtcNow() - key.LastUsedAt >= ApiKeyDirectory.UseResolution)
            await NoteAsync(directory, key, cancellation);
        return key;
    }

    private async Task NoteAsync(ApiKeyDirectory directory, KnownApiKey key, CancellationToken cancellation)
    {
        try
        {
            await directory.UsedAsync(key.Id, cancellation);
        }
        catch (Exception problem) when (problem is StorageFullException or DatabaseUnavailableException)
        {
            // A full disk locks nobody out.
            logger.LogWarning("The use of the key {Key} could not be noted: {Problem}", key.Id, problem.Message);
        }
    }
}
