namespace Brigade.Runner.Sandbox;

/// <summary>
/// A user for one trial alone, where the runner may choose: its processes are counted apart, and what belongs to anybody else is closed to it. The numbers are those that
/// Linux sets aside for users that exist only while something runs.
/// </summary>
internal static class OwnUser
{
    private const int First = 61_184, Count = 65_519 - First;

    private static int s_next = Random.Shared.Next(Count);

    /// <summary>A number that no process has.</summary>
    public static int Next()
    {
        while (true)
        {
            var user = First + (int)((uint)Interlocked.Increment(ref s_next) % Count);
            if (!IsTaken(user))
            {
                return user;
            }
        }
    }

    /// <summary>Whether everybody may read a file or directory and come to it.</summary>
    public static bool IsOpenToAll(string path)
    {
        const int Enter = 1, Read = 4;
        var real = Runtimes.SearchPlaces.RealPath(path);
        return Allows(real, Read) && Above(path).Concat(Above(real)).All(directory => Allows(directory, Enter));
    }

    /// <summary>Deletes what a user left in the memory that all users share.</summary>
    public static void Clear(int user)
    {
        foreach (var (path, _) in DiskUsage.Files(DiskUsage.SharedMemory, user))
        {
            try
            {
                File.Delete(path);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // Somebody else did, or it is a directory: the next start of the machine clears it.
            }
        }
    }

    private static bool Allows(string path, int right) => DiskUsage.ModeOf(path) is { } mode && (mode & right) != 0;

    private static IEnumerable<string> Above(string path)
    {
        for (var directory = Path.GetDirectoryName(path); directory is not null; directory = Path.GetDirectoryName(directory))
        {
            yield return directory;
        }
    }

    private static bool IsTaken(int user)
    {
        foreach (var directory in Directory.EnumerateDirectories("/proc"))
        {
            if (char.IsAsciiDigit(Path.GetFileName(directory.AsSpan())[0]) && DiskUsage.OwnerOf(directory) == user)
            {
                return true;
            }
        }

        return false;
    }
}
