using Brigade.Runner.Protocol;

namespace Brigade.Runner.TrialHosts.DotNet;

/// <summary>The first errors of a trial on their way to the sender.</summary>
internal sealed class ErrorLog
{
    private readonly Lock _lock = new();
    private readonly List<byte[]> _waiting = [];
    private int _count;

    public void Add(long index, int worker, Exception exception)
    {
        if (Volatile.Read(ref _count) < ErrorPayload.MaximumCount)
        {
            Add(ToJson(index, worker, exception));
        }
    }

    /// <summary>Adds an error that another process described.</summary>
    public void Add(byte[] json)
    {
        if (Interlocked.Increment(ref _count) <= ErrorPayload.MaximumCount)
        {
            lock (_lock)
            {
                _waiting.Add(json);
            }
        }
    }

    /// <summary>Takes what was added since the last time.</summary>
    public byte[][] Take()
    {
        lock (_lock)
        {
            if (_waiting.Count == 0)
            {
                return [];
            }

            byte[][] taken = [.. _waiting];
            _waiting.Clear();
            return taken;
        }
    }

    /// <summary>The payload, with its texts cut until it fits.</summary>
    public static byte[] ToJson(long index, int worker, Exception exception)
    {
        var error = new ErrorPayload(index, worker, $"{exception.GetType().Name}: {exception.Message}", Trace(exception));
        for (var most = 4096; ; most /= 2)
        {
            var cut = error with { Message = Cut(error.Message, most / 2), Traceback = Cut(error.Traceback, most) };
            var json = HostRecords.Error(cut);
            if (json.Length <= ErrorPayload.MaximumBytes)
            {
                return json;
            }
        }
    }

    /// <summary>The error as .NET writes it, without the lines that tell of the host.</summary>
    private static string Trace(Exception exception) =>
        string.Join('\n', exception.ToString().Split('\n').Where(line => !line.StartsWith("   at Brigade.Runner.TrialHosts.", StringComparison.Ordinal)));

    private static string Cut(string text, int most) => text.Length <= most ? text : string.Concat(text.AsSpan(0, most), " …");
}
