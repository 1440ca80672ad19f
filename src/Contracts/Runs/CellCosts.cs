namespace Brigade.Contracts.Runs;

/// <summary>Where the time of a cell's workers went, over its completed repetitions together. How each part is obtained: docs/costs.md.</summary>
/// <param name="BudgetMs">Workers times wall time of one repetition, on average: the parts sum to it.</param>
/// <param name="StartupMs">From the start of a trial until its workers were ready, the median. Each worker takes so long once; it is not in the budget.</param>
/// <param name="Parts">In the order of <see cref="CostKind"/>; a part that took no time is left out.</param>
/// <param name="Alone">Index of the one-worker cell that tells how long a task of this work waits by its nature; null where there is none, and waits cannot be told apart.</param>
public sealed record CellCosts(double BudgetMs, double StartupMs, IReadOnlyList<CostPart> Parts, int? Alone);

/// <summary>One part of a cell's budget.</summary>
/// <param name="Ms">In one repetition, summed over the workers, on average.</param>
/// <param name="Share">Of the budget, 0 to 1.</param>
/// <param name="Low">The least share that a repetition had.</param>
/// <param name="High">The largest share that a repetition had.</param>
public sealed record CostPart(CostKind Kind, double Ms, double Share, double Low, double High);

/// <summary>What a worker's time goes to.</summary>
public enum CostKind
{
    /// <summary>In a task, on a processor.</summary>
    Work,

    /// <summary>In a task, in a wait that the task also has when it runs alone: for an answer, a disk, a timer.</summary>
    WorkWaiting,

    /// <summary>In a task, in a wait that it has only beside others: for the GIL, a lock, or the turn on the one event loop.</summary>
    LockWait,

    /// <summary>In a task, waiting: by its nature or for a lock, which nothing tells apart.</summary>
    Wait,

    /// <summary>In a task, ready to run, with no processor to run on.</summary>
    RunQueue,

    /// <summary>Starting and ending the process that each task has of its own.</summary>
    ProcessStart,

    /// <summary>Turning tasks and results into bytes and back.</summary>
    Serialization,

    /// <summary>Waiting for bytes that are under way between processes.</summary>
    Channel,

    /// <summary>In no task, although there are more: being handed the next one.</summary>
    QueueWait,

    /// <summary>No task is left, or none has arrived.</summary>
    Idle,

    /// <summary>What the measurement does not tell.</summary>
    Unexplained,
}
