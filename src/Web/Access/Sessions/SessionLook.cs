using System.Collections.Concurrent;
using System.Security.Claims;
using Brigade.Data;
using Brigade.Data.Queries;
using Brigade.Web.Access.Keys;

namespace Brigade.Web.Access.Sessions;

/// <summary>What has become of what a principal was made from.</summary>
internal enum SessionVerdict
{
    /// <summary>All is as it was.</summary>
    Same,

    /// <summary>The account is good, but its name, role or workspace is another now.</summary>
    Changed,

    /// <summary>The account is disabled or gone, or all its sessions were ended.</summary>
    Ended,
}

/// <summary>Compares sessions with what is stored, at most so many seconds old: a page asks for many things at once.</summary>
internal sealed class SessionLook(IServiceScopeFactory scopes, ApiKeyRing keys, TimeProvider time)
{
    /// <summary>Name of the claim that holds a user's security stamp; Identity's own.</summary>
    public const string StampClaim = "AspNet.Identity.SecurityStamp";

    /// <summary>So old may an answer be.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(2);

    private const int MostRemembered = 10_000;

    private readonly ConcurrentDictionary<(Guid User, Guid Workspace), (long At, SessionState? State)> _known = new();

    /// <summary>For a principal of a user or a key. Others, such as the server's own token, last as long as the server.</summary>
    public async Task<SessionVerdict> JudgeAsync(ClaimsPrincipal who, CancellationToken cancellation = default)
    {
        var actor = who.FindFirstValue(ClaimTypes.NameIdentifier) ?? "";
        if (ApiKeyRing.KeyOf(actor) is { } key)
            return await keys.IsGoodAsync(key, cancellation) ? SessionVerdict.Same : SessionVerdict.Ended;
        if (!Guid.TryParse(actor, out var user))
            return SessionVerdict.Same;
        _ = Guid.TryParse(who.FindFirstValue(AccessPolicies.WorkspaceClaim), out var workspace);
        var state = await StateAsync(user, workspace, cancellation);
        if (state is null || state.Disabled || !string.Equals(state.Stamp, who.FindFirstValue(StampClaim), StringComparison.Ordinal))
            return SessionVerdict.Ended;
        var role = state.Role is { } known ? AccessPolicies.Name(known) : null;
        return string.Equals(role, who.FindFirstValue(ClaimTypes.Role), StringComparison.Ordinal) && string.Equals(state.Name, who.FindFirstValue(ClaimTypes.Name), StringComparison.Ordinal)
            ? SessionVerdict.Same
            : SessionVerdict.Changed;
    }

    public void Forget(string actorId)
    {
        if (ApiKeyRing.KeyOf(actorId) is { } id)
            keys.Forget(id);
        if (!Guid.TryParse(actorId, out var user))
            return;
        foreach (var key in _known.Keys.Where(key => key.User == user))
            _known.TryRemove(key, out _);
    }

    public void ForgetWorkspace(Guid workspaceId)
    {
        foreach (var key in _known.Keys.Where(key => key.Workspace == workspaceId))
            _known.TryRemove(key, out _);
    }

    private async Task<SessionState?> StateAsync(Guid user, Guid workspace, CancellationToken cancellation)
    {
        var asked = time.GetTimestamp();
        if (_known.TryGetValue((user, workspace), out var known) && time.GetElapsedTime(known.At, asked) < Lifetime)
            return known.State;
        if (_known.Count >= MostRemembered)
            _known.Clear();
        await using var scope = scopes.CreateSystemScope(Guid.Empty);
        var state = await scope.ServiceProvider.GetRequiredService<AccountStore>().SessionAsync(user, workspace, cancellation);

        // As old as the question: what was changed while the answer was on its way is not in it.
        _known[(user, workspace)] = (asked, state);
        return state;
    }
}
