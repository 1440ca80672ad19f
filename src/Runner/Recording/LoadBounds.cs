using Brigade.Runner.Protocol;

namespace Brigade.Runner.Recording;

/// <summary>How much work a trial has: a number of tasks, a duration, or the arrivals of an open load.</summary>
internal sealed record LoadBounds(long? Tasks, long? DurationNs, ArrivalSchedule? Arrivals = null)
{
    /// <summary>The most tasks that can end; null where only time bounds them.</summary>
    public long? Most => Tasks ?? Arrivals?.Count;

    /// <summary>How many tasks may still be handed out or under way.</summary>
    /// <param name="ended">Tasks of which a record came.</param>
    /// <param name="elapsedNs">Time since measuring began.</param>
    /// <param name="isOver">Whether the host said that it is done, or is gone.</param>
    public long Remaining(long ended, long elapsedNs, bool isOver) => isOver ? 0
        : Arrivals is { } arrivals ? Math.Max(0, arrivals.DueBy(elapsedNs) - ended)
        : Tasks is { } tasks ? Math.Max(0, tasks - ended)
        : elapsedNs <= DurationNs ? long.MaxValue : 0;
}
