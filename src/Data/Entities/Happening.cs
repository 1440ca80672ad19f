namespace Brigade.Data.Entities;

/// <summary>
/// Something that has happened and that others want to know: written in the transaction that did it, and deleted once everybody has been told, so that a crash forgets nothing.
/// Told at least once; whoever hears the same <see cref="Id"/> again knows it.
/// </summary>
public sealed class Happening : IWorkspaceOwned
{
    public Guid Id { get; set; }

    public Guid WorkspaceId { get; set; }

    public DateTimeOffset At { get; set; }

    /// <summary>A noun and a participle, for example <c>run.finished</c>; see <see cref="HappeningKinds"/>.</summary>
    public required string Kind { get; set; }

    /// <summary>The id of what it happened to.</summary>
    public Guid Subject { get; set; }

    /// <summary>What cannot be read from the subject later, as JSON; empty for nothing.</summary>
    public string Data { get; set; } = "";
}
