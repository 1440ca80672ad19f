using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;
using Brigade.Runner.Trials;

namespace Brigade.Runner.Runtimes;

/// <summary>Each CPython that is found; its host is the package <c>brigade_host</c> beside the runner.</summary>
internal sealed class PythonRuntime : IRuntime
{
    private const string Question =
        """
        import json, os, sys, sysconfig
        gil = getattr(sys, "_is_gil_enabled", None)
        v = sys.version_info
        version = "%d.%d.%d" % v[:3] + ("" if v[3] == "final" else {"alpha": "a", "beta": "b", "candidate": "rc"}.get(v[3], v[3]) + str(v[4]))
        print(json.dumps({
            "executable": sys.executable, "realPath": os.path.realpath(sys.executable),
            "major": v[0], "minor": v[1], "micro": v[2], "version": version,
            "gil": True if gil is None else gil(), "freeThreaded": bool(sysconfig.get_config_var("Py_GIL_DISABLED"))}))
        """;

    public RuntimeKind Kind => RuntimeCatalogue.Python;

    /// <summary>The first interpreter found keeps the short id; a second one of the same version line gets its full version as id.</summary>
    public async Task<IReadOnlyList<RuntimeInfo>> FindAsync(SearchPlaces places, CancellationToken cancellation)
    {
        var candidates = PythonCandidates.Find(places);
        var asked = candidates.DistinctBy(SearchPlaces.RealPath, StringComparer.Ordinal).ToList();
        var answers = await Probe.AskAllAsync<Answer>(asked, ["-I", "-c", Question], cancellation);

        var found = new List<(RuntimeInfo Info, int Minor)>();
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (path, answer) in asked.Zip(answers).DistinctBy(pair => pair.Second?.RealPath ?? pair.First, StringComparer.Ordinal))
        {
            if (answer is null || answer.Major != 3 || answer.Minor < Kind.OldestVersion)
            {
                continue;
            }

            var suffix = answer.FreeThreaded ? Kind.VersionSuffix : "";
            var id = $"python{answer.Major}.{answer.Minor}{suffix}";
            if (!taken.Add(id) && !taken.Add(id = $"python{answer.Version}{suffix}"))
            {
                continue;
            }

            // Only `python3` on the search path is the default; where it is missing or too old, the newest stands in for it below.
            var isDefault = string.Equals(path, candidates[0], StringComparison.Ordinal) && string.Equals(Path.GetFileName(path), "python3", StringComparison.Ordinal);
            found.Add((new RuntimeInfo(id, Kind.Name, answer.Version, answer.Executable, answer.Gil, isDefault), answer.Minor));
        }

        return WithDefault([.. found.OrderBy(pair => pair.Minor).ThenBy(pair => pair.Info.Id, StringComparer.Ordinal).Select(pair => pair.Info)]);
    }

    public HostCommand CommandFor(RuntimeInfo installation) => new(
        installation.Path,
        [HostFiles.PathOf("python", "brigade_host", "__main__.py")],
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["PYTHONUTF8"] = "1",
            ["PYTHONHASHSEED"] = "0", // equal work in every process, so that trials can be compared
        });

    public string Mend(string wanted) => string.Equals(wanted, Kind.Name, StringComparison.Ordinal)
        ? "install Python 3.9 or newer (on Debian: apt install python3)"
        : $"install it so that `{wanted}` is on the search path, or with pyenv (`pyenv install {wanted[Kind.Name.Length..]}`)";

    private static List<RuntimeInfo> WithDefault(List<RuntimeInfo> found)
    {
        if (!found.Exists(runtime => runtime.IsDefault) && found.FindLastIndex(runtime => runtime.Gil == true) is var last and >= 0)
        {
            found[last] = found[last] with { IsDefault = true };
        }

        return found;
    }

    /// <param name="Executable">Its own path, after shims and virtual environments.</param>
    /// <param name="RealPath">The same with all links resolved.</param>
    /// <param name="Gil">Whether the lock is in force in a fresh process.</param>
    /// <param name="FreeThreaded">Whether it was built without the need for the lock.</param>
    private sealed record Answer(string Executable, string RealPath, int Major, int Minor, int Micro, string Version, bool Gil, bool FreeThreaded);
}
