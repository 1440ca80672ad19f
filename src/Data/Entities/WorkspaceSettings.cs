namespace Brigade.Data.Entities;

/// <summary>What a team has chosen; no row means that all is as it comes.</summary>
public sealed class WorkspaceSettings : IWorkspaceOwned
{
    public Guid WorkspaceId { get; set; }

    /// <summary>Days after its end that a run keeps its frames; null for ever.</summary>
    public int? KeepFramesDays { get; set; }

    /// <summary>Days after its end that a run keeps the detail of its trials, which is their histograms and the errors of their tasks; null for ever.</summary>
    public int? KeepTrialsDays { get; set; }

    /// <summary>Whom runs may connect to beside public addresses, one a line.</summary>
    public string AllowedTargets { get; set; } = "";

    /// <summary>Whether runs may connect to nobody else.</summary>
    public bool OnlyAllowedTargets { get; set; }
    /// <summary>Most runs that are queued or running at the same time; null for no limit.</summary>
    public int? RunsAtATime { get; set; }

    /// <summary>Most minutes that runs take in a month of the calendar (UTC); null for no limit.</summary>
    public int? RunMinutesAMonth { get; set; }

    /// <summary>Most bytes of measurements that are stored; null for no limit.</summary>
    public long? MostStoredBytes { get; set; }

    /// <summary>Most calls of the REST API in a minute, by all members and keys together; null for the server's own limit.</summary>
    public int? ApiCallsAMinute { get; set; }
}
