using System.IO.Compression;
using Brigade.Contracts.Runs;

namespace Brigade.Data.Series;

/// <summary>
/// Packs consecutive frames of one trial, without loss: one version byte, then the columns of the frames (like values side by side compress best), by Brotli.
/// A new form gets a new version byte; old ones stay readable.
/// </summary>
public static class FrameCodec
{
    private const byte Version = 2;

    /// <summary>As now, without the tasks one by one.</summary>
    private const byte VersionWithoutSpans = 1;

    // Beyond 5 Brotli takes several times as long for a few percent.
    private const int BrotliQuality = 5;
    private const int BrotliWindow = 22;

    /// <param name="frames">At least one, all of the same trial.</param>
    public static byte[] Encode(IReadOnlyList<Frame> frames)
    {
        ArgumentOutOfRangeException.ThrowIfZero(frames.Count, nameof(frames));
        var columns = new ColumnWriter();
        columns.Count(frames.Count);
        columns.Longs(frames.Select(frame => (long)frame.Number));
        columns.Doubles([.. frames.Select(frame => frame.DurationMs)]);
        columns.Longs(frames.Select(frame => frame.Tasks));
        columns.Longs(frames.Select(frame => frame.Errors));
        columns.Doubles([.. frames.Select(frame => frame.P50Ms)]);
        columns.Doubles([.. frames.Select(frame => frame.P95Ms)]);
        columns.Doubles([.. frames.Select(frame => frame.P99Ms)]);
        columns.Doubles([.. frames.Select(frame => frame.CpuUserMs)]);
        columns.Doubles([.. frames.Select(frame => frame.CpuSystemMs)]);
        columns.Longs(frames.Select(frame => frame.MemoryBytes));
        columns.Longs(frames.Select(frame => frame.SwitchesVoluntary));
        columns.Longs(frames.Select(frame => frame.SwitchesInvoluntary));

        columns.Longs(frames.Select(frame => (long)frame.Workers.Count));
        WorkerFrame[] workers = [.. frames.SelectMany(frame => frame.Workers)];
        columns.Longs(workers.Select(worker => (long)worker.Worker));
        columns.Bytes([.. workers.Select(worker => (byte)worker.State)]);
        columns.Doubles([.. workers.Select(worker => worker.Busy)]);
        columns.Bytes([.. workers.Select(worker => worker.Cpu is null ? (byte)0 : (byte)1)]);
        columns.Doubles([.. workers.Select(worker => worker.Cpu ?? 0)]);
        columns.Longs(workers.Select(worker => worker.Tasks));

        SpanColumns.Write(columns, frames);
        columns.Longs(frames.Select(frame => (long)frame.Histogram.Length));
        foreach (var frame in frames)
            columns.Bytes(frame.Histogram);

        return Compress(columns.Written);
    }

    /// <summary>The frames as they were packed.</summary>
    /// <param name="withHistograms">False leaves the histograms, by far the largest part, empty.</param>
    /// <exception cref="InvalidDataException">The bytes are damaged or of a newer version.</exception>
    public static IReadOnlyList<Frame> Decode(int trial, byte[] packed, bool withHistograms = true)
    {
        if (packed.Length == 0 || packed[0] is not (Version or VersionWithoutSpans))
            throw new InvalidDataException($"Stored frames of trial {trial} are of an unknown version. They were written by a newer Brigade, or are damaged.");

        try
        {
            return Read(trial, new ColumnReader(Decompress(packed)), hasSpans: packed[0] == Version, withHistograms);
        }
        catch (Exception damaged) when (damaged is InvalidOperationException or IndexOutOfRangeException or ArgumentException or OverflowException)
        {
            throw new InvalidDataException($"Stored frames of trial {trial} are damaged.", damaged);
        }
    }

    private static Frame[] Read(int trial, ColumnReader columns, bool hasSpans, bool withHistograms)
    {
        var count = columns.Count();
        var number = columns.Longs(count);
        var duration = columns.Doubles(count);
        var tasks = columns.Longs(count);
        var errors = columns.Longs(count);
        var p50 = columns.Doubles(count);
        var p95 = columns.Doubles(count);
        var p99 = columns.Doubles(count);
        var cpuUser = columns.Doubles(count);
        var cpuSystem = columns.Doubles(count);
        var memory = columns.Longs(count);
        var voluntary = columns.Longs(count);
        var involuntary = columns.Longs(count);
        var workers = ReadWorkers(columns, count);
        var spans = hasSpans ? SpanColumns.Read(columns, count) : new TaskSpans?[count];
        var histogramLengths = withHistograms ? columns.Longs(count) : new long[count];

        var frames = new Frame[count];
        for (var i = 0; i < count; i++)
        {
            frames[i] = new Frame(
                trial, (int)number[i], duration[i], tasks[i], errors[i], p50[i], p95[i], p99[i], columns.Bytes((int)histogramLengths[i]),
                cpuUser[i], cpuSystem[i], memory[i], voluntary[i], involuntary[i], workers[i])
            {
                Spans = spans[i],
            };
        }

        return frames;
    }

    private static WorkerFrame[][] ReadWorkers(ColumnReader columns, int count)
    {
        var counts = columns.Longs(count);
        var total = checked((int)counts.Sum());
        var worker = columns.Longs(total);
        var state = columns.Bytes(total);
        var busy = columns.Doubles(total);
        var hasCpu = columns.Bytes(total);
        var cpu = columns.Doubles(total);
        var tasks = columns.Longs(total);

        var workers = new WorkerFrame[count][];
        var next = 0;
        for (var i = 0; i < count; i++)
        {
            workers[i] = new WorkerFrame[counts[i]];
            for (var w = 0; w < workers[i].Length; w++, next++)
                workers[i][w] = new WorkerFrame((int)worker[next], (WorkerState)state[next], busy[next], hasCpu[next] == 0 ? null : cpu[next], tasks[next]);
        }

        return workers;
    }

    private static byte[] Compress(ReadOnlySpan<byte> plain)
    {
        var packed = new byte[1 + BrotliEncoder.GetMaxCompressedLength(plain.Length)];
        packed[0] = Version;
        return BrotliEncoder.TryCompress(plain, packed.AsSpan(1), out var written, BrotliQuality, BrotliWindow)
            ? packed[..(1 + written)]
            : throw new InvalidOperationException("Brotli could not compress into a buffer of its own maximum size.");
    }

    private static byte[] Decompress(byte[] packed)
    {
        using var brotli = new BrotliStream(new MemoryStream(packed, 1, packed.Length - 1), CompressionMode.Decompress);
        using var plain = new MemoryStream();
        brotli.CopyTo(plain);
        return plain.ToArray();
    }
}
