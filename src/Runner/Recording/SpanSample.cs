using Brigade.Contracts.Runs;
using Brigade.Runner.Protocol;

namespace Brigade.Runner.Recording;

/// <summary>
/// The tasks of one worker in one frame that are shown one by one. How many will come is not known before, so all are kept until there is no more room; then every second one is dropped,
/// and from there on only every second one is taken, and so on. What is kept is spaced evenly and the same for the same records, and a task that is not taken costs a comparison.
/// </summary>
internal struct SpanSample(int most)
{
    private TaskRecord[]? _kept;
    private int _count;
    private long _seen;
    private long _mask;

    /// <summary>One for each worker whose tasks are shown: the more there are, the fewer tasks each.</summary>
    public static SpanSample[] ForWorkers(int workers)
    {
        var shown = Math.Min(workers, TaskSpans.MostWorkers);
        var samples = new SpanSample[shown];
        Array.Fill(samples, new SpanSample(Math.Clamp(TaskSpans.MostPerFrame / Math.Max(1, shown), 1, TaskSpans.MostPerWorker)));
        return samples;
    }

    public void Add(in TaskRecord record)
    {
        if ((_seen++ & _mask) != 0)
        {
            return;
        }

        _kept ??= new TaskRecord[most];
        while (_count == most)
        {
            Thin();
            if (((_seen - 1) & _mask) != 0)
            {
                return;
            }
        }

        _kept[_count++] = record;
    }

    /// <summary>What all workers of a frame keep.</summary>
    /// <param name="from">The frame's begin in monotonic nanoseconds.</param>
    public static TaskSpans Spans(SpanSample[] workers, long from)
    {
        var count = 0;
        foreach (ref readonly var worker in workers.AsSpan())
        {
            count += worker._count;
        }

        var (who, starts, durations, errors) = (new int[count], new long[count], new long[count], new List<int>());
        var next = 0;
        foreach (ref readonly var worker in workers.AsSpan())
        {
            foreach (ref readonly var record in worker._kept.AsSpan(0, worker._count))
            {
                who[next] = record.Worker;
                // Rounded down, also below 0, so that tasks that follow each other do not overlap.
                starts[next] = Floor(record.Start - from);
                durations[next] = Floor(record.End - from) - starts[next];
                if (record.IsError)
                {
                    errors.Add(next);
                }

                next++;
            }
        }

        return new TaskSpans(who, starts, durations, errors);
    }

    private static long Floor(long nanoseconds) => (nanoseconds - (((nanoseconds % TaskSpans.UnitNs) + TaskSpans.UnitNs) % TaskSpans.UnitNs)) / TaskSpans.UnitNs;

    private void Thin()
    {
        _mask = (_mask * 2) + 1;
        var left = 0;
        for (var i = 0; i < _count; i += 2)
        {
            _kept![left++] = _kept[i];
        }

        _count = left;
        // A sample of one stays the first task.
        if (most == 1)
        {
            _mask = long.MaxValue;
            _count = 1;
        }
    }
}
