using Brigade.Runner.Runs;

namespace Brigade.Runner.Agent.Journal;

/// <summary>Appends events to the journal of one run. Each is one write to the file, so that what was appended survives the end of this process.</summary>
internal sealed class JournalWriter : IDisposable
{
    private readonly FileStream _file;
    private readonly string _path;
    private long _next;
    private bool _isTorn;

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
            if (_isTorn)
            {
                throw new IOException("an earlier write could not be undone.");
            }

            _file.Write(JournalRecord.Format(_next, json));
            Interlocked.Increment(ref _next);
        }
        catch (IOException exception)
        {
            Undo(before);
            throw RunOutputException.Of(_path, exception);
        }
    }

    /// <summary>Has the system put everything on the disk itself.</summary>
    /// <exception cref="RunOutputException">It cannot; what was appended survives the end of this process all the same.</exception>
    public void Sync()
    {
        try
        {
            _file.Flush(flushToDisk: true);
        }
        catch (IOException exception)
        {
            throw RunOutputException.Of(_path, exception);
        }
    }

    public void Dispose() => _file.Dispose();

    private void Undo(long length)
    {
        try
        {
            _file.SetLength(length);
            _file.Seek(length, SeekOrigin.Begin);
        }
        catch (IOException)
        {
            // A record behind a torn one would never be read.
            _isTorn = true;
        }
    }
}
