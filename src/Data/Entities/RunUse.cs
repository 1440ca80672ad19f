namespace Brigade.Data.Entities;

/// <summary>How long a workspace's runs took in a month. It is counted when a run ends, and stays when the run is deleted.</summary>
public sealed class RunUse : IWorkspaceOwned
{
    public Guid WorkspaceId { get; set; }

    /// <summary>Of the calendar, in UTC: 202611 for November 2026.</summary>
    public int Month { get; set; }

    public double RunMs { get; set; }
}
