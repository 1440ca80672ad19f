using System.Text.RegularExpressions;

namespace Brigade.Runner.Runtimes;

/// <summary>Lists the files that may be a Python interpreter; whether they are is for <see cref="Probe"/> to ask.</summary>
internal static partial class PythonCandidates
{
    /// <summary>Full paths, the most preferred first: <c>python3</c> on the search path, then the versioned names on it, then what pyenv installed.</summary>
    public static IReadOnlyList<string> Find(SearchPlaces places)
    {
        var found = new List<string>();
        var directories = places.Directories();
        found.AddRange(directories.Select(directory => Path.Combine(directory, "python3")).Where(File.Exists).Take(1));

        // pyenv's shims are scripts that stand for whatever version is chosen; the versions themselves are listed below.
        var shims = Path.Combine(places.PyenvRoot, "shims");
        foreach (var directory in directories.Where(directory => !string.Equals(Path.TrimEndingDirectorySeparator(directory), shims, StringComparison.Ordinal)))
        {
            found.AddRange(In(directory));
        }

        foreach (var version in SearchPlaces.DirectoriesIn(Path.Combine(places.PyenvRoot, "versions")))
        {
            found.AddRange(In(Path.Combine(version, "bin")));
        }

        return [.. found.Distinct(StringComparer.Ordinal)];
    }

    private static IEnumerable<string> In(string directory) => SearchPlaces.Files(directory, "python3*").Where(path => InterpreterName().IsMatch(Path.GetFileName(path)));

    [GeneratedRegex(@"^python3(\.[0-9]+t?)?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex InterpreterName();
}
