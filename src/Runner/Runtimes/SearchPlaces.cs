namespace Brigade.Runner.Runtimes;

/// <summary>Where installations are looked for.</summary>
/// <param name="SearchPath">Value of <c>PATH</c>.</param>
/// <param name="PyenvRoot">pyenv's directory; it need not exist.</param>
/// <param name="NvmRoot">nvm's directory; it need not exist.</param>
internal sealed record SearchPlaces(string SearchPath, string PyenvRoot, string NvmRoot)
{
    public static SearchPlaces OfThisMachine() => new(
        Environment.GetEnvironmentVariable("PATH") ?? "",
        Environment.GetEnvironmentVariable("PYENV_ROOT") ?? AtHome(".pyenv"),
        Environment.GetEnvironmentVariable("NVM_DIR") ?? AtHome(".nvm"));

    /// <summary>The directories of the search path, each once.</summary>
    public IReadOnlyList<string> Directories() =>
        [.. SearchPath.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Where(Path.IsPathRooted).Distinct(StringComparer.Ordinal)];

    /// <summary>The files of a directory whose name matches a pattern of the shell, in order; none where it is missing or closed to us.</summary>
    public static IReadOnlyList<string> Files(string directory, string pattern) => Sorted(() => Directory.GetFiles(directory, pattern));

    /// <summary>The directories in a directory, in order; none where it is missing or closed to us.</summary>
    public static IReadOnlyList<string> DirectoriesIn(string directory) => Sorted(() => Directory.GetDirectories(directory));

    /// <summary>The path with all links resolved: equal ones are one installation.</summary>
    public static string RealPath(string path)
    {
        try
        {
            return new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? path;
        }
        catch (IOException)
        {
            return path;
        }
    }

    private static string AtHome(string name) => Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), name);

    private static string[] Sorted(Func<string[]> list)
    {
        try
        {
            var entries = list();
            Array.Sort(entries, StringComparer.Ordinal);
            return entries;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
