using Brigade.Contracts.Messages;

namespace Brigade.Runner.Agent.Journal;

/// <summary>Reads events back from a journal, also while it is written; a journal that could not be made has none. It remembers where it is; going back starts over from the beginning of the file.</summary>
internal sealed class JournalReader(string path) : IDisposable
{
    private const int FirstBuffer = 64 * 1024;

    /// <summary>What goes on for longer without a line feed is no record.</summary>
    private const int LongestRecord = IRunnerServer.LongestEvent;

    private readonly Stream _file = File.Exists(path) ? new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0) : Stream.Null;
    private byte[] _buffer = new byte[FirstBuffer];
    private int _length;
    private int _start;
    private long _next;

    /// <summary>The number of whole records in a file and the length of the file up to the end of the last; nothing where there is no file.</summary>
    public static (long Count, long Length) Measure(string path)
    {
        if (!File.Exists(path))
        {
            return (0, 0);
        }

        using var reader = new JournalReader(path);
        long length = 0;
        while (reader.Next() is { Length: > 0 } json)
        {
            length += JournalRecord.Format(reader._next - 1, json).Length;
        }

        return (reader._next, length);
    }

    /// <summary>The last event; empty where there is none.</summary>
    public static byte[] Last(string path)
    {
        using var reader = new JournalReader(path);
        byte[] last = [];
        while (reader.Next() is { Length: > 0 } json)
        {
            last = json;
        }

        return last;
    }

    /// <summary>Whole events from a sequence number on, as many as fit; at least one where there is one, however large.</summary>
    public IReadOnlyList<byte[]> Read(long from, int mostEvents, int mostBytes)
    {
        if (from < _next)
        {
            _file.Seek(0, SeekOrigin.Begin);
            (_length, _start, _next) = (0, 0, 0);
        }

        var events = new List<byte[]>();
        var bytes = 0;
        while (events.Count < mostEvents)
        {
            var (start, next) = (_start, _next);
            if (Next() is not { } json)
            {
                break;
            }

            if (next < from)
            {
                continue;
            }

            if (events.Count > 0 && bytes + json.Length > mostBytes)
            {
                (_start, _next) = (start, next); // stays in the buffer for the next batch
                break;
            }

            events.Add(json);
            bytes += json.Length;
        }

        return events;
    }

    public void Dispose() => _file.Dispose();

    private byte[]? Next()
    {
        while (true)
        {
            var unread = _buffer.AsSpan(_start, _length - _start);
            var end = unread.IndexOf((byte)'\n');
            if (end >= 0)
            {
                if (!JournalRecord.TryParse(unread[..end], _next, out var json))
                {
                    return null;
                }

                _start += end + 1;
                _next++;
                return json.ToArray();
            }

            if (!Fill())
            {
                return null;
            }
        }
    }

    private bool Fill()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _length - _start).CopyTo(_buffer);
            (_length, _start) = (_length - _start, 0);
        }

        if (_length >= LongestRecord)
        {
            return false;
        }

        if (_length == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        var read = _file.Read(_buffer.AsSpan(_length));
        _length += read;
        return read > 0;
    }
}
