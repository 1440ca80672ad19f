namespace Brigade.Web.Cluster;

/// <summary>Which node does what is to be done once in the whole cluster, from time to time: exactly one at a time, another one soon after it is gone.</summary>
public interface ILeader
{
    /// <summary>Always true for a server that is alone.</summary>
    bool IsLeader { get; }
}
