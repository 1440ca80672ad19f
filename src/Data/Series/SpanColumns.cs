using Brigade.Contracts.Runs;

namespace Brigade.Data.Series;

/// <summary>The tasks of frames one by one, as columns over all frames.</summary>
internal static class SpanColumns
{
    public static void Write(ColumnWriter columns, IReadOnlyList<Frame> frames)
    {
        // One more than there are; 0 says that the frame has none.
        columns.Longs(frames.Select(frame => frame.Spans is { } spans ? spans.Count + 1L : 0));
        TaskSpans[] all = [.. frames.Select(frame => frame.Spans).OfType<TaskSpans>()];
        columns.Longs(all.SelectMany(spans => spans.Workers).Select(worker => (long)worker));
        columns.Longs(all.SelectMany(spans => spans.Starts));
        columns.Longs(all.SelectMany(spans => spans.Durations));
        columns.Longs(all.Select(spans => (long)spans.Errors.Count));
        columns.Longs(all.SelectMany(spans => spans.Errors).Select(position => (long)position));
    }

    public static TaskSpans?[] Read(ColumnReader columns, int frames)
    {
        var counts = columns.Longs(frames);
        long[] present = [.. counts.Where(count => count > 0).Select(count => count - 1)];
        var total = Total(present);
        var workers = columns.Longs(total);
        var starts = columns.Longs(total);
        var durations = columns.Longs(total);
        var errorCounts = columns.Longs(present.Length);
        var errors = columns.Longs(Total(errorCounts));

        var spans = new TaskSpans?[frames];
        var (task, error, next) = (0, 0, 0);
        for (var frame = 0; frame < frames; frame++)
        {
            if (counts[frame] <= 0)
                continue;
            var (count, wrong) = ((int)present[next], (int)errorCounts[next]);
            spans[frame] = new TaskSpans(Ints(workers, task, count), starts[task..(task + count)], durations[task..(task + count)], Ints(errors, error, wrong));
            (task, error, next) = (task + count, error + wrong, next + 1);
        }

        return spans;
    }

    private static int Total(long[] counts) => checked((int)counts.Sum());

    private static int[] Ints(long[] values, int from, int count) => Array.ConvertAll(values[from..(from + count)], value => checked((int)value));
}
