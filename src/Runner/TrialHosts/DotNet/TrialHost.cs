using Brigade.Runner.Protocol;
using Microsoft.Win32.SafeHandles;

namespace Brigade.Runner.TrialHosts.DotNet;

/// <summary>The .NET trial host: the hidden verb <c>trial</c> of the Runner's own executable, which speaks <c>docs/trial-protocol.md</c>.</summary>
public static partial class TrialHost
{
    /// <summary>Less than 64 KiB of JSON, whatever has to be escaped.</summary>
    private const int MostDetail = 8 * 1024;

    private const int MostRequestBytes = 16 * 1024 * 1024;

    /// <summary>Runs one trial over the standard streams, until the standard input ends.</summary>
    /// <returns>1 where the trial failed; otherwise the process ends by itself.</returns>
    public static int Run()
    {
        Native.IgnoreInterrupt();
        var input = Native.TakeInput();

        // Nothing but records goes to the real standard output; what a task prints goes where errors go.
        using var output = new SafeFileHandle(Native.Take(descriptor: 1, replacement: 2), ownsHandle: true);
        using var stream = new FileStream(output, FileAccess.Write, bufferSize: 0);
        var writer = new RecordWriter(stream);
        writer.Write(RecordType.Hello, HostRecords.Hello());
        Trial? trial = null;
        try
        {
            var line = ReadLine(input);
            trial = new Trial(TrialRequest.Parse(line), line, writer);
            WatchInput(input, trial);
            trial.Run();
            Thread.CurrentThread.Join(); // The watcher of the input ends the process.
        }
        catch (Exception exception) when (exception is TrialFailedException or ProtocolException)
        {
            Fail(writer, exception.Message, (exception as TrialFailedException)?.Detail ?? "");
        }
        catch (Exception exception)
        {
            Fail(writer, $"The .NET trial host failed: {exception.GetType().Name}: {exception.Message}", exception.ToString());
        }

        trial?.Kill();
        Native.ExitNow(1);
        return 1;
    }

    private static void Fail(RecordWriter writer, string message, string detail)
    {
        try
        {
            writer.Write(RecordType.Failed, HostRecords.Failed(new FailedPayload(message, detail.Length <= MostDetail ? detail : detail[..MostDetail])));
        }
        catch (IOException)
        {
            // The runner is gone: nobody is left to tell.
        }
    }

    private static byte[] ReadLine(int input)
    {
        var line = new byte[4096];
        var length = 0;
        while (true)
        {
            var read = Native.Read(input, line.AsSpan(length));
            var end = Array.IndexOf(line, (byte)'\n', length, read);
            if (end >= 0)
            {
                return line[..end];
            }

            length += read;
            if (read == 0 || length >= MostRequestBytes)
            {
                throw new ProtocolException(read == 0 ? "The input ended before the trial request did." : "The trial request is longer than 16 MiB.");
            }

            if (length == line.Length)
            {
                Array.Resize(ref line, length * 2);
            }
        }
    }

    /// <summary>The end of the input means: stop now.</summary>
    private static void WatchInput(int input, Trial trial)
    {
        var watcher = new Thread(
            () =>
            {
                var ignored = new byte[256];
                while (Native.Read(input, ignored) > 0)
                {
                }

                trial.Kill();
                Native.ExitNow(0);
            },
            128 * 1024)
        { IsBackground = true, Name = "input" };
        watcher.Start();
    }
}
