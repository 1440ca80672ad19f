using Brigade.Runner.Runs;

namespace Brigade.Runner.Agent.Journal;

/// <summary>Appends events to the journal of one run. Each is one write to the file, so that what was appended survives the end of this process.</summary>
internal sealed class JournalWriter : IDisposable
{
    private readonly FileStream _file;
    private readonly string _path;
    private long _next;

    private JournalWriter(string path, FileStream file, long next)
    {
        _path = path;
        _file = file;
        _next = next;
    }

    /// <summary>The number of events appended, which is the sequence number of the next one.</summary>
    public long Count => Interlocked.Read(ref _next);

    /// <summary>Starts a journal, or continues one after its last whole record.</summary>
    /// <exception cref="RunOutputException">The file cannot be written.</exception>
    public static JournalWriter Open(string path)
    {
        try
        {
            var (count, length) = JournalReader.Measure(path);
            var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read | FileShare.Delete, bufferSize: 0);
            file.SetLength(length);
            file.Seek(0, SeekOrigin.End);
            return new JournalWriter(path, file, count);
        }
        catch (IOException exception)
        {
            throw RunOutputException.Of(path, exception);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new RunOutputException($"{path} cannot be written: {exception.Message}", exception);
        }
    }

    /// <summary>Appends an event.</summary>
    /// <exception cref="RunOutputException">The disk is full or broken; the journal is as it was before.</exception>
    public void Append(ReadOnlySpan<byte> json)
    {
        var before = _file.Position;
        try
        {
            _file.Write(JournalRecord.Format(_next, json));
            Interlocked.Increment(ref _next);
        }
        catch (IOException exception)
        {
            _file.SetLength(before);
            _file.Seek(before, SeekOrigin.Begin);
            throw RunOutputException.Of(_path, exception);
        }
    }

    /// <summary>Has the system put everything on the disk itself.</summary>
    public void Sync() => _file.Flush(flushToDisk: true);

    public void Dispose() => _file.Dispose();
}
