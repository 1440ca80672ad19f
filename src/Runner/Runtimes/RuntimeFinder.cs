using System.Globalization;
using Brigade.Contracts.Runs;

namespace Brigade.Runner.Runtimes;

/// <summary>Finds every runtime of this machine: .NET itself and each CPython from 3.9 on.</summary>
internal static class RuntimeFinder
{
    public const int OldestMinor = 9;

    private static readonly TimeSpan ProbeTimeout = TimeSpan.FromSeconds(10);
    private static readonly SemaphoreSlim Gate = new(1, 1);
    private static IReadOnlyList<RuntimeInfo>? _found;

    /// <summary>The runtimes, looked for once in the life of the process.</summary>
    public static async Task<IReadOnlyList<RuntimeInfo>> FindAsync(CancellationToken cancellation = default)
    {
        await Gate.WaitAsync(cancellation);
        try
        {
            return _found ??= await SearchAsync(
                Environment.GetEnvironmentVariable("PATH") ?? "",
                Environment.GetEnvironmentVariable("PYENV_ROOT") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".pyenv"),
                cancellation);
        }
        finally
        {
            Gate.Release();
        }
    }

    /// <summary>Looks in the given places. The first interpreter found keeps the short id; a second one of the same version line gets its full version as id.</summary>
    internal static async Task<IReadOnlyList<RuntimeInfo>> SearchAsync(string searchPath, string pyenvRoot, CancellationToken cancellation)
    {
        var candidates = PythonCandidates.Find(searchPath, pyenvRoot);
        var asked = candidates.DistinctBy(RealPath, StringComparer.Ordinal).ToList();
        var answers = new PythonAnswer?[asked.Count];
        await Parallel.ForAsync(0, asked.Count, cancellation, async (index, token) => answers[index] = await PythonProbe.AskAsync(asked[index], ProbeTimeout, token));

        var runtimes = new List<RuntimeInfo> { Dotnet() };
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var defaultFound = false;
        foreach (var (path, answer) in asked.Zip(answers).DistinctBy(pair => pair.Second?.RealPath ?? pair.First, StringComparer.Ordinal))
        {
            if (answer is null || answer.Major != 3 || answer.Minor < OldestMinor)
            {
                continue;
            }

            var suffix = answer.FreeThreaded ? "t" : "";
            var id = $"python{answer.Major}.{answer.Minor}{suffix}";
            if (!taken.Add(id) && !taken.Add(id = $"python{answer.Version}{suffix}"))
            {
                continue;
            }

            // Only `python3` on the search path is the default; where it is missing or too old, the newest stands in for it below.
            var isDefault = !defaultFound && string.Equals(path, candidates[0], StringComparison.Ordinal) && string.Equals(Path.GetFileName(path), "python3", StringComparison.Ordinal);
            defaultFound |= isDefault;
            runtimes.Add(new RuntimeInfo(id, "python", answer.Version, answer.Executable, answer.Gil, isDefault));
        }

        return Sorted(runtimes, defaultFound);
    }

    private static List<RuntimeInfo> Sorted(List<RuntimeInfo> runtimes, bool defaultFound)
    {
        var sorted = runtimes.OrderBy(runtime => runtime.Language, StringComparer.Ordinal).ThenBy(Minor).ThenBy(runtime => runtime.Id, StringComparer.Ordinal).ToList();
        if (!defaultFound && sorted.FindLastIndex(runtime => runtime is { Language: "python", Gil: true }) is var last and >= 0)
        {
            sorted[last] = sorted[last] with { IsDefault = true };
        }

        return sorted;
    }

    private static int Minor(RuntimeInfo runtime) => int.TryParse(runtime.Version.Split('.').ElementAtOrDefault(1), CultureInfo.InvariantCulture, out var minor) ? minor : 0;

    private static RuntimeInfo Dotnet() => new("dotnet", "dotnet", Environment.Version.ToString(), Environment.ProcessPath ?? "dotnet", Gil: null, IsDefault: true);

    private static string RealPath(string path)
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
}
