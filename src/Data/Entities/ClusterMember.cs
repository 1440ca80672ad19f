namespace Brigade.Data.Entities;

/// <summary>A node of the cluster, as the others know it. Above the border between workspaces.</summary>
public sealed class ClusterMember
{
    public const int LongestAddress = 100;

    /// <summary>Address, port and generation: a node that starts again is another one.</summary>
    public required string Silo { get; set; }

    /// <summary>Orleans' name of the state, for example <c>Active</c>.</summary>
    public required string Status { get; set; }

    public required string HostName { get; set; }

    public required string Name { get; set; }

    /// <summary>Who thinks that it is dead, and since when: a JSON array.</summary>
    public required string Suspicions { get; set; }

    public DateTimeOffset StartedAt { get; set; }

    public DateTimeOffset AliveAt { get; set; }

    /// <summary>Counts the changes of this row; being alive is none.</summary>
    public int Revision { get; set; }
}

/// <summary>Counts the changes of the list of nodes: whoever changes it on the strength of an older one is refused.</summary>
public sealed class ClusterVersion
{
    public const int TheOne = 1;

    public int Id { get; set; }

    public int Version { get; set; }
}

/// <summary>Which node has a grain; at most one.</summary>
public sealed class GrainRegistration
{
    public const int LongestGrain = 300;

    public required string Grain { get; set; }

    public required string Activation { get; set; }

    public required string Silo { get; set; }

    public long MembershipVersion { get; set; }
}
