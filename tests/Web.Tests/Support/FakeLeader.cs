using Brigade.Web.Cluster;

namespace Brigade.Web.Tests.Support;

/// <summary>A server that is alone.</summary>
internal sealed class FakeLeader : ILeader
{
    public bool IsLeader => true;
}
