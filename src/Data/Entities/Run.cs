using Brigade.Contracts.Runs;

namespace Brigade.Data.Entities;

/// <summary>What lists show of a run. The large parts are in <see cref="RunDocument"/>, so that lists read little.</summary>
public sealed class Run : IWorkspaceOwned
{
    public Guid Id { get; set; }

    public Guid WorkspaceId { get; set; }

    /// <summary>Null where the run came from no stored experiment, or that was deleted.</summary>
    public Guid? ExperimentId { get; set; }

    /// <summary>The version whose spec this is; null where the spec was changed before it was run.</summary>
    public int? ExperimentVersion { get; set; }

    public required string Name { get; set; }

    /// <summary>The name in lower case: what lists are sorted by, alike on every database.</summary>
    public required string NameKey { get; set; }

    public required string Workload { get; set; }

    public required string Runtimes { get; set; }

    public required string Strategies { get; set; }

    /// <summary>A JSON list.</summary>
    public required string Tags { get; set; }

    /// <summary>Name, workload and tags in lower case, one a line.</summary>
    public required string SearchText { get; set; }

    public RunStatus Status { get; set; }

    public string Reason { get; set; } = "";

    public string RunnerName { get; set; } = "";

    public int Seed { get; set; }

    public DateTimeOffset QueuedAt { get; set; }

    public DateTimeOffset? StartedAt { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>When somebody cancelled it while it was with a runner, whose answer ends it; null for nobody.</summary>
    public DateTimeOffset? CancelledAt { get; set; }

    /// <summary>From start to end; 0 until the run has ended. A column of its own because no database subtracts times alike.</summary>
    public double DurationMs { get; set; }

    public int TrialCount { get; set; }

    public int TrialsEnded { get; set; }

    public int TrialsFailed { get; set; }

    public long CommittedSequence { get; set; } = -1;

    /// <summary>Empty where it was measured here; else the tool whose results were imported, such as <c>hyperfine</c>.</summary>
    public string Source { get; set; } = "";

    /// <summary>Whether <see cref="Source"/> names a tool: a column of its own, because an index finds a value and not its absence.</summary>
    public bool IsImported { get; set; }

    /// <summary>Names the file that it was imported from by its content; empty where it was measured here, and where the same file was imported once more on purpose.</summary>
    public string ImportHash { get; set; } = "";

    /// <summary>Equal for the same machine; empty until the run has started, and where an import does not tell. See <see cref="Queries.MachineKeys"/>.</summary>
    public string MachineKey { get; set; } = "";

    /// <summary>What was guessed before the run, as JSON; empty for no guess.</summary>
    public string Guess { get; set; } = "";

    /// <summary>The schedule that began it, as people read it; empty where somebody asked for it.</summary>
    public string Schedule { get; set; } = "";

    /// <summary>When its frames were deleted by the workspace's rules; null where it has them.</summary>
    public DateTimeOffset? FramesThinnedAt { get; set; }

    /// <summary>When the detail of its trials was deleted by the workspace's rules; null where it has them.</summary>
    public DateTimeOffset? TrialsThinnedAt { get; set; }
}

/// <summary>The large parts of a run, each JSON in the form of <see cref="Contracts.BrigadeJson"/>.</summary>
public sealed class RunDocument : IWorkspaceOwned
{
    public Guid RunId { get; set; }

    public Guid WorkspaceId { get; set; }

    public required string Spec { get; set; }

    public string? Machine { get; set; }

    public string? Plan { get; set; }
}
