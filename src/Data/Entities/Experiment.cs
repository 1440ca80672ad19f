namespace Brigade.Data.Entities;

/// <summary>An experiment; its specs are in <see cref="ExperimentVersion"/>.</summary>
public sealed class Experiment : IWorkspaceOwned
{
    public Guid Id { get; set; }

    public Guid WorkspaceId { get; set; }

    public required string Name { get; set; }

    /// <summary>The name in lower case: unique in the workspace, and what lists are sorted by, alike on every database.</summary>
    public required string NameKey { get; set; }

    /// <summary>The current version, from 1.</summary>
    public int Version { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }
}

/// <summary>One version of an experiment. Never changed, so that old runs stay explainable.</summary>
public sealed class ExperimentVersion : IWorkspaceOwned
{
    public Guid ExperimentId { get; set; }

    public int Version { get; set; }

    public Guid WorkspaceId { get; set; }

    /// <summary>The spec as JSON in the form of <see cref="Contracts.BrigadeJson"/>.</summary>
    public required string Spec { get; set; }

    public DateTimeOffset CreatedAt { get; set; }
}
