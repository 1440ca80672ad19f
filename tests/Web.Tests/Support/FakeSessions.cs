using Brigade.Web.Access.Sessions;

namespace Brigade.Web.Tests.Support;

/// <summary>Remembers whose sessions were ended.</summary>
internal sealed class FakeSessions : ISessions
{
    public List<string> Ended { get; } = [];

    public List<Guid> EndedWorkspaces { get; } = [];

    public void End(Guid userId) => Ended.Add(userId.ToString());

    public void End(string actorId) => Ended.Add(actorId);

    public void EndWorkspace(Guid workspaceId) => EndedWorkspaces.Add(workspaceId);
}
