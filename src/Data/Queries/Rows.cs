using System.Text.Json.Serialization;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;

namespace Brigade.Data.Queries;

/// <summary>A stored experiment. <see cref="Version"/> grows by one with each change.</summary>
public sealed record ExperimentRow(Guid Id, string Name, int Version, ExperimentSpec Spec, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, int RunCount, DateTimeOffset? LastRunAt);

/// <summary>A run as lists show it.</summary>
/// <param name="ExperimentVersion">The version whose spec this run has; null where the spec was changed before it was run.</param>
/// <param name="Workload">The kernel's name, or <c>python code</c> and the like.</param>
/// <param name="Runtimes">As the spec names them, joined by a comma and a space.</param>
/// <param name="Strategies">As the spec names them, joined by a comma and a space.</param>
public sealed record RunRow(
    Guid Id, Guid? ExperimentId, int? ExperimentVersion, string Name, string Workload, string Runtimes, string Strategies, RunStatus Status, string Reason,
    DateTimeOffset QueuedAt, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt, int TrialCount, int TrialsEnded, int TrialsFailed, string RunnerName, IReadOnlyList<string> Tags)
{
    /// <summary>For Brigade itself; a reader sees those of one workspace only.</summary>
    [JsonIgnore]
    public Guid WorkspaceId { get; init; }

    /// <summary>Empty where it was measured here; else the tool whose results were imported.</summary>
    public string Source { get; init; } = "";

    /// <summary>The schedule that began it, for example <c>0 3 * * * Europe/Berlin</c>; empty where somebody asked for it.</summary>
    public string Schedule { get; init; } = "";

    /// <summary>Equal for the same machine, and readable; empty until the run has started, and where an import does not tell.</summary>
    public string MachineKey { get; init; } = "";

    /// <summary>When its frames were deleted by the workspace's rules; null where they were not.</summary>
    public DateTimeOffset? FramesThinnedAt { get; init; }

    /// <summary>When the histograms and task errors of its trials were deleted by the workspace's rules; null where they were not.</summary>
    public DateTimeOffset? TrialsThinnedAt { get; init; }
}

/// <summary>A run with all that is stored beside its trials.</summary>
/// <param name="Machine">Null until the run has started.</param>
/// <param name="Plan">Null until the run has started.</param>
/// <param name="CommittedSequence">Sequence number up to which the runner's events are committed; -1 for none.</param>
public sealed record RunDetail(RunRow Row, ExperimentSpec Spec, int Seed, Machine? Machine, Contracts.Plan.TrialPlan? Plan, long CommittedSequence)
{
    /// <summary>What was guessed before the run, as JSON; empty for no guess.</summary>
    public string Guess { get; init; } = "";

    /// <summary>When somebody cancelled it while it was with a runner, whose answer ends it; null for nobody.</summary>
    public DateTimeOffset? CancelledAt { get; init; }
}

public enum RunSort
{
    Queued,
    Name,
    Status,
    Duration,
}

/// <summary>A page of history. Empty filters match all.</summary>
public sealed record RunQuery
{
    /// <summary>Matched against name, workload and tags, without regard to case. One of one or two letters is looked for in the newest <see cref="RunSearch.NewestForShort"/> runs only.</summary>
    public string Search { get; init; } = "";

    public IReadOnlyList<RunStatus> Statuses { get; init; } = [];

    public Guid? ExperimentId { get; init; }

    /// <summary>True for imported runs only, false for those measured here only, null for both.</summary>
    public bool? IsImported { get; init; }

    /// <summary>Only runs with a star of this actor; null for all.</summary>
    public string? StarredBy { get; init; }

    public RunSort Sort { get; init; } = RunSort.Queued;

    public bool Descending { get; init; } = true;

    /// <summary>Goes on behind this one, however far back that is. Only with <see cref="RunSort.Queued"/>.</summary>
    public RunPlace? After { get; init; }

    /// <summary>0 to <see cref="RunStore.MaximumSkip"/>; what is farther back is reached with <see cref="After"/>.</summary>
    public int Skip { get; init; }

    /// <summary>1 to 200.</summary>
    public int Take { get; init; } = 25;
}

/// <summary>A place in the list of runs by the moment that they were queued.</summary>
public sealed record RunPlace(DateTimeOffset QueuedAt, Guid Id);

/// <param name="Total">How many there are in all, where <see cref="IsTotalExact"/>.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, int Total)
{
    /// <summary>False where there are more than <see cref="Total"/>, which was as far as was counted.</summary>
    public bool IsTotalExact { get; init; } = true;
}

/// <summary>Consecutive frames of one trial. Stored segments that lie within it are replaced.</summary>
public sealed record FrameSegment(int Trial, IReadOnlyList<Frame> Frames);

/// <summary>
/// What one commit of a run's owner writes, in one transaction. Null and empty parts leave what is stored as it is.
/// Once a run has ended, its <see cref="Status"/>, <see cref="Reason"/> and <see cref="EndedAt"/> do not change again; the rest still can, so that late results are kept.
/// </summary>
public sealed record RunChanges
{
    public RunStatus? Status { get; init; }

    public string? Reason { get; init; }

    public string? RunnerName { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Somebody cancelled it; the first time counts.</summary>
    public DateTimeOffset? CancelledAt { get; init; }

    public Machine? Machine { get; init; }

    public Contracts.Plan.TrialPlan? Plan { get; init; }

    /// <summary>The plan that is stored already, from whoever has it at hand: then it is not read again for the trials. Not written.</summary>
    public Contracts.Plan.TrialPlan? KnownPlan { get; init; }

    /// <summary>Trials that ended. The run's plan has to be stored already, or to come with them.</summary>
    public IReadOnlyList<TrialResult> Trials { get; init; } = [];

    public IReadOnlyList<FrameSegment> Segments { get; init; } = [];

    /// <summary>Never lower than what is stored.</summary>
    public long? CommittedSequence { get; init; }
}

/// <summary>A run that another tool measured.</summary>
/// <param name="Source">The tool, such as <c>hyperfine</c>.</param>
/// <param name="Machine">Null where the tool does not tell.</param>
/// <param name="Trials">In the plan's order, with indexes of its cells.</param>
/// <param name="ExperimentId">Null for a run of no experiment.</param>
public sealed record ImportedRun(
    ExperimentSpec Spec, string Source, Machine? Machine, Contracts.Plan.TrialPlan Plan, IReadOnlyList<TrialResult> Trials, DateTimeOffset StartedAt, DateTimeOffset EndedAt, Guid? ExperimentId)
{
    /// <summary>Equal for the same file: an experiment takes it once. Empty takes it any number of times.</summary>
    public string ContentHash { get; init; } = "";
}
