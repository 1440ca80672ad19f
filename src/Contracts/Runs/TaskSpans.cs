namespace Brigade.Contracts.Runs;

/// <summary>
/// Tasks that ended in a frame, as columns: position i of each list is one task. Each worker's tasks are together, in the order in which they ended. All of a worker's tasks where there
/// are few, else every second, fourth, eighth … of them: <see cref="WorkerFrame.Tasks"/> says how many there were.
/// </summary>
/// <param name="Workers">Who did it.</param>
/// <param name="Starts">When it started, in units of 100 ns from the frame's begin; negative where it started before.</param>
/// <param name="Durations">How long it took, in units of 100 ns.</param>
/// <param name="Errors">Positions of those that ended with an error, ascending.</param>
public sealed record TaskSpans(IReadOnlyList<int> Workers, IReadOnlyList<long> Starts, IReadOnlyList<long> Durations, IReadOnlyList<int> Errors)
{
    /// <summary>The most tasks of one worker in a frame.</summary>
    public const int MostPerWorker = 48;

    /// <summary>The most tasks of all workers in a frame: a few kilobytes, whatever is measured.</summary>
    public const int MostPerFrame = 192;

    /// <summary>Tasks of workers from this number on are only counted.</summary>
    public const int MostWorkers = 64;

    /// <summary>Nanoseconds of one unit.</summary>
    public const long UnitNs = 100;

    /// <summary>Units of a millisecond.</summary>
    public const double UnitsPerMs = 10_000;

    /// <summary>Units of a frame of full length.</summary>
    public const long UnitsPerFrame = Frame.LengthMs * 10_000L;

    /// <summary>Number of tasks that are shown one by one.</summary>
    public int Count => Workers.Count;
}
