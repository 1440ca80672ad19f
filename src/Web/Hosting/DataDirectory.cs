namespace Brigade.Web.Hosting;

/// <summary>Where everything is kept that survives a restart; readable by this user only.</summary>
internal sealed class DataDirectory
{
    public const string Variable = "BRIGADE_DATA";

    private DataDirectory(string path) => Path = path;

    public string Path { get; }

    /// <summary>The embedded runner's own.</summary>
    public string Runner => System.IO.Path.Combine(Path, "runner");

    /// <summary><c>BRIGADE_DATA</c>, else <c>brigade</c> below the user's data directory. Made where absent.</summary>
    /// <exception cref="StartException">It cannot be written.</exception>
    public static DataDirectory Open(IConfiguration configuration)
    {
        var path = Choose(configuration);
        try
        {
            var data = new DataDirectory(System.IO.Path.GetFullPath(path));
            Create(data.Path);
            Create(data.Runner);
            var probe = System.IO.Path.Combine(data.Path, $".writable-{Environment.ProcessId}");
            File.WriteAllText(probe, "");
            File.Delete(probe);
            return data;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw new StartException(
                $"The data directory {path} cannot be written ({problem.Message.TrimEnd('.')}). Give this user the right to write it, or set {Variable} to another directory.", problem);
        }
    }

    private static string Choose(IConfiguration configuration)
    {
        if (configuration[Variable] is { Length: > 0 } chosen)
            return chosen;

        // $XDG_DATA_HOME, else ~/.local/share; empty where there is no home.
        var home = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return home.Length > 0
            ? System.IO.Path.Combine(home, "brigade")
            : throw new StartException($"This user has no home directory to keep data in. Set {Variable} to a directory that can be written.");
    }

    private static void Create(string path)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
