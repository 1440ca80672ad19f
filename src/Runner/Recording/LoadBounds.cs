namespace Brigade.Runner.Recording;

/// <summary>How much work a trial has: a number of tasks or a duration.</summary>
internal sealed record LoadBounds(long? Tasks, long? DurationNs)
{
    /// <summary>How many tasks may still be handed out or under way.</summary>
    /// <param name="ended">Tasks of which a record came or that were lost.</param>
    /// <param name="elapsedNs">Time since measuring began.</param>
    /// <param name="isOver">Whether the host said that it is done, or is gone.</param>
    public long Remaining(long ended, long elapsedNs, bool isOver) => isOver ? 0 : Tasks is { } tasks ? Math.Max(0, tasks - ended) : elapsedNs <= DurationNs ? long.MaxValue : 0;
}
