namespace Brigade.Data.Entities;

/// <summary>Who did what in a workspace, written in the transaction that did it. Never changed.</summary>
public sealed class AuditEntry : IWorkspaceOwned
{
    /// <summary>The id of whoever cannot be known.</summary>
    public const string UnknownActor = "unknown";

    public Guid Id { get; set; }

    public Guid WorkspaceId { get; set; }

    public DateTimeOffset At { get; set; }

    /// <summary>A user's id, <c>key:…</c>, <c>runner:…</c>, <c>system</c>, or <see cref="UnknownActor"/>.</summary>
    public required string ActorId { get; set; }

    /// <summary>The name that the actor had then.</summary>
    public required string ActorName { get; set; }

    /// <summary>A noun and a verb, for example <c>run.deleted</c>.</summary>
    public required string Action { get; set; }

    /// <summary>What it was done to: an id, or a name where it has none.</summary>
    public required string Subject { get; set; }

    /// <summary>What a reader wants to know of it; never a secret.</summary>
    public string Detail { get; set; } = "";
}
