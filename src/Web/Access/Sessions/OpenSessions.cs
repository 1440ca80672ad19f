using System.Collections.Concurrent;
using System.Security.Claims;

namespace Brigade.Web.Access.Sessions;

/// <summary>What is open on this node: circuits and connections of hubs, each with whom it belongs to and how to end it.</summary>
internal sealed class OpenSessions(SessionLook look) : ISessions
{
    private readonly ConcurrentDictionary<OpenSession, byte> _open = new(ReferenceEqualityComparer.Instance);

    public IReadOnlyList<OpenSession> All => [.. _open.Keys];

    /// <summary>Notes a session, until the answer is disposed.</summary>
    /// <param name="end">Called at most once, from any thread.</param>
    public IDisposable Add(ClaimsPrincipal who, Action end)
    {
        var session = new OpenSession(who, end, this);
        _open.TryAdd(session, 0);
        return session;
    }

    public void End(Guid userId) => End(userId.ToString());

    public void End(string actorId)
    {
        look.Forget(actorId);
        foreach (var session in All.Where(session => string.Equals(session.ActorId, actorId, StringComparison.Ordinal)))
            session.End();
    }

    public void EndWorkspace(Guid workspaceId)
    {
        look.ForgetWorkspace(workspaceId);
        var id = workspaceId.ToString();
        foreach (var session in All.Where(session => session.Who.HasClaim(AccessPolicies.WorkspaceClaim, id)))
            session.End();
    }

    internal bool Remove(OpenSession session) => _open.TryRemove(session, out _);
}

/// <summary>One circuit, or one connection of a hub.</summary>
internal sealed class OpenSession(ClaimsPrincipal who, Action end, OpenSessions owner) : IDisposable
{
    public ClaimsPrincipal Who { get; } = who;

    public string ActorId { get; } = who.FindFirstValue(ClaimTypes.NameIdentifier) ?? "";

    public void End()
    {
        if (owner.Remove(this))
            end();
    }

    public void Dispose() => owner.Remove(this);
}
