using System.Runtime.InteropServices;

namespace Brigade.Runner.Protocol;

/// <summary>
/// When the tasks of an open load arrive, in nanoseconds after measuring began. Each stage has its first arrival at its start and the others evenly spaced;
/// an arrival that would fall on the end of a stage belongs to the next one, or to none.
/// </summary>
public sealed class ArrivalSchedule
{
    private readonly Stage[] _stages;

    /// <param name="stages">Arrivals per second, and for how many milliseconds.</param>
    public ArrivalSchedule(IReadOnlyList<TrialStage> stages)
    {
        _stages = new Stage[stages.Count];
        for (var i = 0; i < _stages.Length; i++)
        {
            // The allowance keeps what is a whole number but for the last bit from becoming one more.
            var count = Math.Max(1, (long)Math.Ceiling((stages[i].RatePerSecond * stages[i].DurationMs / 1000) - 1e-9));
            _stages[i] = new Stage(DurationNs, stages[i].RatePerSecond, Count, count);
            DurationNs += (long)(stages[i].DurationMs * 1e6);
            Count += count;
        }
    }

    /// <summary>All arrivals.</summary>
    public long Count { get; }

    public long DurationNs { get; }

    /// <summary>When an arrival is meant to start.</summary>
    /// <param name="index">From 0 to below <see cref="Count"/>.</param>
    public long At(long index)
    {
        var stage = _stages.Length - 1;
        while (_stages[stage].First > index)
        {
            stage--;
        }

        return _stages[stage].At(index - _stages[stage].First);
    }

    /// <summary>How many tasks have arrived at a time.</summary>
    public long DueBy(long at)
    {
        var due = 0L;
        foreach (ref readonly var stage in _stages.AsSpan())
        {
            if (at < stage.From)
            {
                break;
            }

            due = stage.First + stage.DueBy(at);
        }

        return due;
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Stage(long From, double Rate, long First, long Count)
    {
        public long At(long number) => From + (long)(number * 1e9 / Rate);

        public long DueBy(long at)
        {
            var due = (long)Math.Min(Count, ((at - From) * Rate / 1e9) + 1);

            // Rounding may be off by one; the times themselves decide.
            while (due < Count && At(due) <= at)
            {
                due++;
            }

            while (due > 0 && At(due - 1) > at)
            {
                due--;
            }

            return due;
        }
    }
}
