using Brigade.Contracts.Plan;
using Brigade.Data.Entities;

namespace Brigade.Data.Queries;

/// <summary>A cell that an experiment has points of.</summary>
public sealed record ExperimentCellRow(string Key, Cell Cell, DateTimeOffset LastEndedAt);

/// <summary>One cell of one ended run: medians over <see cref="Completed"/> repetitions, with 95 % intervals; null where an import does not tell the percentile.</summary>
public sealed record TrendPoint(
    Guid RunId, DateTimeOffset EndedAt, string MachineKey, string Source, int Completed, Level Throughput, Level? P50Ms, Level? P99Ms, double ErrorRatio);

/// <summary>The points of one cell, oldest first.</summary>
/// <param name="HasOlder">Whether there are older ones that were left out, because there are too many.</param>
public sealed record TrendPoints(IReadOnlyList<TrendPoint> Points, bool HasOlder);

/// <summary>A reader's remark on an experiment's history.</summary>
public sealed record AnnotationRow(Guid Id, DateTimeOffset At, string Text, DateTimeOffset CreatedAt);

/// <summary>A shift that was found, with what it is about in words.</summary>
/// <param name="Cell">Null where the experiment no longer knows the cell.</param>
public sealed record ChangeRow(
    Guid Id, Guid ExperimentId, string ExperimentName, string CellKey, Cell? Cell, ChangeMetric Metric, string MachineKey, Guid RunId, Guid? RunBefore, DateTimeOffset At,
    double Before, double After, double RelativeShift, double Confidence, ChangeState State, string Note, DateTimeOffset FoundAt, DateTimeOffset? DecidedAt)
{
    /// <summary>More throughput, or less latency.</summary>
    public bool IsImprovement => Metric == ChangeMetric.Throughput ? RelativeShift > 0 : RelativeShift < 0;
}

/// <summary>A page of changes, newest first. Empty filters match all.</summary>
public sealed record ChangeQuery
{
    public IReadOnlyList<ChangeState> States { get; init; } = [];

    public Guid? ExperimentId { get; init; }

    /// <summary>Only cells with these keys.</summary>
    public IReadOnlyList<string> CellKeys { get; init; } = [];

    /// <summary>Goes on behind this one.</summary>
    public ChangePlace? After { get; init; }

    /// <summary>1 to 200.</summary>
    public int Take { get; init; } = 25;
}

/// <summary>A place in the list of changes.</summary>
public sealed record ChangePlace(DateTimeOffset At, Guid Id);

/// <summary>A page of a list that goes on behind its last item.</summary>
public sealed record Slice<T>(IReadOnlyList<T> Items, bool HasMore);

/// <summary>What a look at one series found: shifts to store, shifts whose figures changed, and shifts that vanished.</summary>
public sealed record SeriesFindings(IReadOnlyList<Change> Found, IReadOnlyList<Change> Confirmed, IReadOnlyList<Guid> Vanished);

/// <summary>A run whose experiment's trends are to be looked at.</summary>
/// <param name="CellKeys">The cells that it has points of.</param>
public sealed record DueExamination(Guid RunId, Guid ExperimentId, string MachineKey, IReadOnlyList<string> CellKeys, DateTimeOffset Since);
