using System.Buffers.Binary;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Brigade.Benchmarks;

/// <summary>
/// Trivial tasks handed to worker processes over a pair of pipes, each in a message of its own: its length, then the index of the task or its result. So many are with a worker at a
/// time as the window says, and what is there to be written goes by one call. The usual bare dispatcher, without times, records and histograms.
/// </summary>
internal static class BareMessages
{
    private const int BufferBytes = 64 * 1024;
    private const int MessageBytes = sizeof(int) + sizeof(long);

    /// <summary>Tasks per second with so many worker processes.</summary>
    /// <param name="window">The most tasks with a worker at a time.</param>
    public static double Run(int tasks, int workers, int window)
    {
        var processes = Enumerable.Range(0, workers).Select(_ => BareDispatch.Start("messages")).ToArray();
        Measure(processes, tasks / 10, window);
        var start = Stopwatch.GetTimestamp();
        Measure(processes, tasks, window);
        var elapsed = Stopwatch.GetElapsedTime(start);
        foreach (var process in processes)
        {
            process.StandardInput.Close();
            process.WaitForExit();
            process.Dispose();
        }

        return tasks / elapsed.TotalSeconds;
    }

    /// <summary>A worker: answers each message, those that came together by one call, until the input ends.</summary>
    public static void Echo()
    {
        using var input = BareDispatch.Open(0, FileAccess.Read);
        using var output = BareDispatch.Open(1, FileAccess.Write);
        var messages = new Messages(input);
        var answers = new byte[BufferBytes];
        while (messages.TryFill())
        {
            var length = 0;
            while (messages.TryTake(out var index))
            {
                length += Write(answers.AsSpan(length), BareDispatch.Task(index));
            }

            output.Write(answers, 0, length);
        }
    }

    private static void Measure(Process[] processes, int tasks, int window)
    {
        var next = 0L;
        var feeders = processes.Select(process => new Thread(() => Feed(process, () => Interlocked.Increment(ref next) - 1, tasks, window))).ToArray();
        Array.ForEach(feeders, feeder => feeder.Start());
        Array.ForEach(feeders, feeder => feeder.Join());
    }

    private static void Feed(Process process, Func<long> take, int tasks, int window)
    {
        using var input = BareDispatch.Open(BareDispatch.Descriptor(process.StandardInput.BaseStream), FileAccess.Write);
        using var output = BareDispatch.Open(BareDispatch.Descriptor(process.StandardOutput.BaseStream), FileAccess.Read);
        var messages = new Messages(output);
        var sending = new byte[window * MessageBytes];
        var (outstanding, isOver, sum) = (0, false, 0L);
        while (true)
        {
            var length = 0;
            while (!isOver && outstanding < window)
            {
                var index = take();
                isOver = index >= tasks;
                if (!isOver)
                {
                    length += Write(sending.AsSpan(length), index);
                    outstanding++;
                }
            }

            if (length > 0)
            {
                input.Write(sending, 0, length);
            }

            if (outstanding == 0)
            {
                break;
            }

            if (!messages.TryFill())
            {
                throw new InvalidOperationException("A bare worker has ended.");
            }

            while (messages.TryTake(out var result))
            {
                sum += result;
                outstanding--;
            }
        }

        GC.KeepAlive(sum);
    }

    private static int Write(Span<byte> target, long value)
    {
        BinaryPrimitives.WriteInt32LittleEndian(target, sizeof(long));
        BinaryPrimitives.WriteInt64LittleEndian(target[sizeof(int)..], value);
        return MessageBytes;
    }

    /// <summary>Cuts what comes into messages.</summary>
    [StructLayout(LayoutKind.Auto)]
    private struct Messages(FileStream stream)
    {
        private readonly byte[] _buffer = new byte[BufferBytes];
        private int _start;
        private int _end;

        /// <summary>Reads once; false at the end.</summary>
        public bool TryFill()
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
            var read = stream.Read(_buffer, _end, _buffer.Length - _end);
            _end += read;
            return read > 0;
        }

        public bool TryTake(out long value)
        {
            value = 0;
            if (_end - _start < sizeof(int) || BinaryPrimitives.ReadInt32LittleEndian(_buffer.AsSpan(_start)) is var length && _end - _start < sizeof(int) + length)
            {
                return false;
            }

            value = BinaryPrimitives.ReadInt64LittleEndian(_buffer.AsSpan(_start + sizeof(int)));
            _start += sizeof(int) + length;
            return true;
        }
    }
}
