namespace Brigade.Runner.TrialHosts.DotNet.Workloads;

/// <summary>Finds programs as a shell does.</summary>
internal static class Programs
{
    /// <summary>The path of a program: a name on the search path, or a path from the directory.</summary>
    /// <exception cref="TrialFailedException">There is none; the message says where it was looked for.</exception>
    public static string Find(string name, string directory)
    {
        if (name.Contains('/', StringComparison.Ordinal))
        {
            var path = Path.GetFullPath(name, directory);
            return IsProgram(path) ? path : throw new TrialFailedException($"the program '{name}' {(File.Exists(path) ? "may not be executed; change its permissions" : $"does not exist (looked for at {path})")}");
        }

        var places = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return places.Select(place => Path.Combine(place, name)).FirstOrDefault(IsProgram)
            ?? throw new TrialFailedException($"the program '{name}' was not found on the search path of the runner; install it, or give its path");
    }

    private static bool IsProgram(string path) =>
        File.Exists(path) && (OperatingSystem.IsWindows() || (File.GetUnixFileMode(path) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != UnixFileMode.None);
}
