namespace Brigade.Data.Entities;

/// <summary>How a subscription is told of what happens.</summary>
public enum WebhookFormat
{
    /// <summary>A signed POST of JSON, as the Standard Webhooks specification has it.</summary>
    Standard,

    /// <summary>A POST that Slack, and what is compatible with it, shows as a message.</summary>
    Slack,

    /// <summary>A mail in plain text.</summary>
    Mail,
}

/// <summary>A subscription to what happens in a workspace.</summary>
public sealed class Webhook : IWorkspaceOwned
{
    public Guid Id { get; set; }

    public Guid WorkspaceId { get; set; }

    /// <summary>What it is for.</summary>
    public required string Name { get; set; }

    public WebhookFormat Format { get; set; }

    /// <summary>The kinds of happenings, separated by spaces.</summary>
    public required string Kinds { get; set; }

    /// <summary>An address of the web or of mail, encrypted: that of a chat is a secret in itself.</summary>
    public required string Target { get; set; }

    /// <summary>The part of the target that may be shown.</summary>
    public required string Shown { get; set; }

    /// <summary>What its requests are signed with, encrypted; empty where they are not.</summary>
    public string Secret { get; set; } = "";

    public bool IsActive { get; set; }

    /// <summary>Why Brigade itself has switched it off; empty where it has not.</summary>
    public string Problem { get; set; } = "";

    /// <summary>Name of who made it.</summary>
    public required string CreatedBy { get; set; }

    public DateTimeOffset CreatedAt { get; set; }
}

public enum DeliveryStatus
{
    /// <summary>It is to be sent, for the first time or again.</summary>
    Waiting,

    /// <summary>The receiver took it.</summary>
    Delivered,

    /// <summary>It was given up.</summary>
    Failed,
}

/// <summary>One happening for one webhook.</summary>
public sealed class WebhookDelivery : IWorkspaceOwned
{
    public Guid Id { get; set; }

    public Guid WorkspaceId { get; set; }

    public Guid WebhookId { get; set; }

    /// <summary>What it tells; a webhook is told each happening once.</summary>
    public Guid HappeningId { get; set; }

    public required string Kind { get; set; }

    /// <summary>When it happened.</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>What is sent, each time alike.</summary>
    public required string Payload { get; set; }

    public DeliveryStatus Status { get; set; }

    /// <summary>Tries since it was made, or asked for again.</summary>
    public int Attempts { get; set; }

    /// <summary>When the next try is due; meaningless once it is no longer waiting.</summary>
    public DateTimeOffset DueAt { get; set; }

    /// <summary>The last try; null where there was none.</summary>
    public DateTimeOffset? LastAt { get; set; }

    /// <summary>HTTP status of the last answer; null where there was none.</summary>
    public int? ResponseStatus { get; set; }

    /// <summary>The beginning of the last answer, or why there was none.</summary>
    public string Response { get; set; } = "";

    /// <summary>How long the last try took.</summary>
    public double DurationMs { get; set; }
}
