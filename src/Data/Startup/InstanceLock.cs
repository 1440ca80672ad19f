using System.Globalization;
using Brigade.Data.Errors;

namespace Brigade.Data.Startup;

/// <summary>Keeps a second Web off the same SQLite file: an exclusive lock on a file in the data directory for the life of this process. A killed process leaves no lock behind.</summary>
public sealed class InstanceLock(StorageLocation location) : IDisposable
{
    private FileStream? _file;

    /// <summary>Makes the data directory where needed and takes the lock; nothing where this object has it already.</summary>
    /// <exception cref="DatabaseUnavailableException">Another process has it, or the directory cannot be written.</exception>
    public void Acquire()
    {
        if (_file is not null)
            return;

        var path = Path.Combine(location.DataDirectory, "brigade.lock");
        try
        {
            CreateDirectory(location.DataDirectory);
            _file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            File.WriteAllText(HolderPath, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        }
        catch (IOException error) when (IsHeld(error))
        {
            throw new DatabaseUnavailableException(
                $"The data directory {location.DataDirectory} is in use by another Brigade{Holder()}. Stop that one, or set BRIGADE_DATA to another directory.", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DatabaseUnavailableException(
                $"The data directory {location.DataDirectory} cannot be written. Give this user the right to write it, or set BRIGADE_DATA to another directory.", error);
        }
    }

    public void Dispose()
    {
        if (_file is null)
            return;
        File.Delete(HolderPath);
        _file.Dispose();
        _file = null;
    }

    // Beside the lock, because a locked file cannot be read everywhere.
    private string HolderPath => Path.Combine(location.DataDirectory, "brigade.pid");

    private string Holder()
    {
        try
        {
            return $" (process {int.Parse(File.ReadAllText(HolderPath), CultureInfo.InvariantCulture)})";
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or FormatException)
        {
            return "";
        }
    }

    private static void CreateDirectory(string directory)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(directory);
        else
            Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    // EWOULDBLOCK on Linux and macOS; sharing and lock violations on Windows.
    private static bool IsHeld(IOException error) => (error.HResult & 0xFFFF) is 11 or 35 or 32 or 33;
}
