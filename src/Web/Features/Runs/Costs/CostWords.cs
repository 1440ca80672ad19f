using Brigade.Contracts.Plan;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;
using Brigade.Web.Components.Formatting;

namespace Brigade.Web.Features.Runs.Costs;

/// <summary>The words for the parts of a cell's budget.</summary>
internal static class CostWords
{
    /// <summary>For all cells together.</summary>
    public static string Title(CostKind kind) => kind switch
    {
        CostKind.Work => "work",
        CostKind.WorkWaiting => "work (waiting)",
        CostKind.LockWait => "lock or GIL wait",
        CostKind.Wait => "waiting",
        CostKind.RunQueue => "no processor free",
        CostKind.ProcessStart => "process start",
        CostKind.Serialization => "serialisation",
        CostKind.Channel => "channel",
        CostKind.QueueWait => "queue wait",
        CostKind.Idle => "idle",
        _ => "unexplained",
    };

    /// <summary>For one cell: what its workers wait for is known there.</summary>
    /// <param name="hasGil">Whether its runtime has a global interpreter lock in force.</param>
    public static string Title(CostKind kind, Cell cell, bool hasGil) => (kind, cell.Strategy) switch
    {
        (CostKind.LockWait, Strategy.Threads or Strategy.Pool) when hasGil => "GIL wait",
        (CostKind.LockWait, Strategy.Async) => "wait for the loop",
        (CostKind.LockWait, _) => "lock wait",
        _ => Title(kind),
    };

    public static string Explain(CostKind kind) => kind switch
    {
        CostKind.Work => "In a task, on a processor.",
        CostKind.WorkWaiting => "In a task, waiting for an answer, a disk or a timer, as long as a task also waits when it runs alone.",
        CostKind.LockWait => "In a task, waiting longer than a task that runs alone: for the GIL, a lock, or its turn on the one event loop.",
        CostKind.Wait => "In a task, waiting. No cell with one worker ran the same work, so waits of the work and waits for a lock cannot be told apart.",
        CostKind.RunQueue => "In a task, ready to run, and no processor was free.",
        CostKind.ProcessStart => "Starting and ending the process that each task has of its own.",
        CostKind.Serialization => "Turning tasks and results into bytes and back, as far as workers waited for it.",
        CostKind.Channel => "Waiting for bytes on their way between processes.",
        CostKind.QueueWait => "In no task although there were more: being handed the next one.",
        CostKind.Idle => "No task was left, or none had arrived yet.",
        _ => "What the measurement does not tell.",
    };

    /// <summary>The largest parts of a cell in words, for example "work 48 %, GIL wait 47 %".</summary>
    public static string Sentence(CellCosts costs, Cell cell, bool hasGil)
    {
        const double Worth = 0.03;
        var parts = costs.Parts.Where(part => part.Share >= Worth).OrderByDescending(part => part.Share).Select(part => $"{Title(part.Kind, cell, hasGil)} {Numbers.Percent(part.Share)}");
        return string.Join(", ", parts);
    }
}
