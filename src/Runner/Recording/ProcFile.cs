using Microsoft.Win32.SafeHandles;

namespace Brigade.Runner.Recording;

/// <summary>A file of /proc that is read again and again through one open handle, which costs a quarter of opening it each time.</summary>
internal sealed class ProcFile : IDisposable
{
    private readonly SafeFileHandle _handle;

    private ProcFile(SafeFileHandle handle) => _handle = handle;

    /// <summary>Null where the process or thread does not exist any more.</summary>
    public static ProcFile? Open(string path)
    {
        try
        {
            // Sharing everything spares the advisory lock that the base library would take.
            return new ProcFile(File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The file's present content within the buffer; empty where the process or thread has ended.</summary>
    public ReadOnlySpan<byte> Read(Span<byte> buffer)
    {
        try
        {
            return buffer[..RandomAccess.Read(_handle, buffer, fileOffset: 0)];
        }
        catch (IOException)
        {
            return [];
        }
    }

    public void Dispose() => _handle.Dispose();
}
