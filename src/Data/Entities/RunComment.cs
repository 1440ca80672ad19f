namespace Brigade.Data.Entities;

/// <summary>What a member wrote below a run.</summary>
public sealed class RunComment : IWorkspaceOwned
{
    public Guid Id { get; set; }

    public Guid WorkspaceId { get; set; }

    public Guid RunId { get; set; }

    /// <summary>A user's id, or <c>key:…</c>.</summary>
    public required string AuthorId { get; set; }

    /// <summary>The name that the author had then.</summary>
    public required string AuthorName { get; set; }

    /// <summary>As it was typed; it is parsed where it is shown.</summary>
    public required string Text { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset? EditedAt { get; set; }
}

/// <summary>That a comment names a member.</summary>
public sealed class Mention : IWorkspaceOwned
{
    public Guid CommentId { get; set; }

    public Guid UserId { get; set; }

    public Guid WorkspaceId { get; set; }

    /// <summary>The name as the comment has it, behind its @.</summary>
    public required string Name { get; set; }

    public DateTimeOffset At { get; set; }

    /// <summary>When the member looked; null until then.</summary>
    public DateTimeOffset? ReadAt { get; set; }
}

/// <summary>That somebody wants to find a run again.</summary>
public sealed class RunStar : IWorkspaceOwned
{
    public Guid RunId { get; set; }

    /// <summary>A user's id, or <c>key:…</c>.</summary>
    public required string ActorId { get; set; }

    public Guid WorkspaceId { get; set; }

    public DateTimeOffset At { get; set; }
}
