using System.Text.RegularExpressions;

namespace Brigade.Runner.Runtimes;

/// <summary>Lists the files that may be a Python interpreter; whether they are is for <see cref="PythonProbe"/> to ask.</summary>
internal static partial class PythonCandidates
{
    /// <summary>Full paths, the most preferred first: <c>python3</c> on the search path, then the versioned names on it, then what pyenv installed.</summary>
    /// <param name="searchPath">Value of <c>PATH</c>.</param>
    /// <param name="pyenvRoot">pyenv's directory; it need not exist.</param>
    public static IReadOnlyList<string> Find(string searchPath, string pyenvRoot)
    {
        var found = new List<string>();
        var directories = searchPath.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Where(Path.IsPathRooted).Distinct(StringComparer.Ordinal).ToList();
        found.AddRange(directories.Select(directory => Path.Combine(directory, "python3")).Where(File.Exists).Take(1));

        // pyenv's shims are scripts that stand for whatever version is chosen; the versions themselves are listed below.
        var shims = Path.Combine(pyenvRoot, "shims");
        foreach (var directory in directories.Where(directory => !string.Equals(Path.TrimEndingDirectorySeparator(directory), shims, StringComparison.Ordinal)))
        {
            found.AddRange(In(directory));
        }

        foreach (var version in Entries(Path.Combine(pyenvRoot, "versions"), directories: true))
        {
            found.AddRange(In(Path.Combine(version, "bin")));
        }

        return [.. found.Distinct(StringComparer.Ordinal)];
    }

    private static IEnumerable<string> In(string directory) => Entries(directory, directories: false).Where(path => InterpreterName().IsMatch(Path.GetFileName(path)));

    private static string[] Entries(string directory, bool directories)
    {
        try
        {
            var entries = directories ? Directory.GetDirectories(directory) : Directory.GetFiles(directory, "python3*");
            Array.Sort(entries, StringComparer.Ordinal);
            return entries;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return []; // a directory on the search path that is missing or closed to us holds no interpreter for us
        }
    }

    [GeneratedRegex(@"^python3(\.[0-9]+t?)?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex InterpreterName();
}
