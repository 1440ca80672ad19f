using System.Diagnostics;
using System.IO.Pipes;
using System.Runtime.InteropServices;
using Brigade.Runner.TrialHosts.DotNet;
using Microsoft.Win32.SafeHandles;

namespace Brigade.Benchmarks;

/// <summary>
/// Trivial tasks handed to worker processes over a pair of pipes: the index of each task goes, its result comes back, in messages of as many tasks as Brigade puts into one, with a second message behind. What
/// Brigade's .NET <c>processes</c> does, without times, records and histograms, and with nothing but one number for each task.
/// </summary>
internal static class BareDispatch
{
    private const int Batch = Batches.LargestBatch;
    private const int Window = 2;

    /// <summary>Tasks per second with so many worker processes.</summary>
    public static double Run(int tasks, int workers)
    {
        var processes = Enumerable.Range(0, workers).Select(_ => Start("echo")).ToArray();
        Measure(processes, tasks / 10);
        var start = Stopwatch.GetTimestamp();
        Measure(processes, tasks);
        var elapsed = Stopwatch.GetElapsedTime(start);
        foreach (var process in processes)
        {
            process.StandardInput.Close();
            process.WaitForExit();
            process.Dispose();
        }

        return tasks / elapsed.TotalSeconds;
    }

    /// <summary>A worker: reads how many tasks to run, runs them and answers, until the input ends.</summary>
    public static void Echo()
    {
        using var input = Open(0, FileAccess.Read);
        using var output = Open(1, FileAccess.Write);
        var message = new long[Batch + 1];
        while (TryRead(input, MemoryMarshal.AsBytes(message.AsSpan(0, 1))))
        {
            var count = (int)message[0];
            if (!TryRead(input, MemoryMarshal.AsBytes(message.AsSpan(1, count))))
            {
                return;
            }

            for (var i = 1; i <= count; i++)
            {
                message[i] = Task(message[i]);
            }

            output.Write(MemoryMarshal.AsBytes(message.AsSpan(0, count + 1)));
        }
    }

    public static Process Start(string verb) => Process.Start(new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Brigade.Benchmarks"), ["bare", verb])
    {
        UseShellExecute = false,
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
    })!;

    private static void Measure(Process[] processes, int tasks)
    {
        var next = 0L;
        var feeders = processes.Select(process => new Thread(() => Feed(process, () => Interlocked.Add(ref next, Batch) - Batch, tasks))).ToArray();
        Array.ForEach(feeders, feeder => feeder.Start());
        Array.ForEach(feeders, feeder => feeder.Join());
    }

    private static void Feed(Process process, Func<long> take, int tasks)
    {
        using var input = Open(Descriptor(process.StandardInput.BaseStream), FileAccess.Write);
        using var output = Open(Descriptor(process.StandardOutput.BaseStream), FileAccess.Read);
        var message = new long[Batch + 1];
        var outstanding = new Queue<int>();
        var isOver = false;
        var sum = 0L;
        while (!isOver || outstanding.Count > 0)
        {
            while (!isOver && outstanding.Count < Window)
            {
                var first = take();
                var count = (int)Math.Min(Batch, tasks - first);
                isOver = count <= 0;
                if (!isOver)
                {
                    message[0] = count;
                    for (var i = 0; i < count; i++)
                    {
                        message[i + 1] = first + i;
                    }

                    input.Write(MemoryMarshal.AsBytes(message.AsSpan(0, count + 1)));
                    outstanding.Enqueue(count);
                }
            }

            if (outstanding.TryDequeue(out var expected))
            {
                var reply = message.AsSpan(0, expected + 1);
                if (!TryRead(output, MemoryMarshal.AsBytes(reply)))
                {
                    throw new InvalidOperationException("A bare worker has ended.");
                }

                foreach (var result in reply[1..])
                {
                    sum += result;
                }
            }
        }

        GC.KeepAlive(sum);
    }

    public static int Descriptor(Stream stream) => (int)((PipeStream)stream).SafePipeHandle.DangerousGetHandle();

    /// <summary>A blocking stream without a buffer: each call is a system call.</summary>
    public static FileStream Open(int descriptor, FileAccess access) => new(new SafeFileHandle(descriptor, ownsHandle: false), access, bufferSize: 0);

    private static bool TryRead(FileStream stream, Span<byte> message)
    {
        while (!message.IsEmpty)
        {
            var read = stream.Read(message);
            if (read == 0)
            {
                return false;
            }

            message = message[read..];
        }

        return true;
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    public static long Task(long index) => index & 0;
}
