namespace Brigade.Web.Access.Sessions;

/// <summary>
/// Ends what a person or a key has open. Call it after what their sessions stand on was stored: whoever is disabled, or whose security stamp has changed, is signed out; whose role has changed
/// comes back with the new one. Here at once, on other nodes at the patrol's next look.
/// </summary>
public interface ISessions
{
    void End(Guid userId);

    /// <param name="actorId">The claim <see cref="System.Security.Claims.ClaimTypes.NameIdentifier"/>: a user's id, <c>key:…</c> or <c>runner:…</c>.</param>
    void End(string actorId);

    /// <summary>What anybody, also a key or a runner, has open in a workspace.</summary>
    void EndWorkspace(Guid workspaceId);
}
