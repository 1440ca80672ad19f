using System.Globalization;
using System.Text.RegularExpressions;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;
using Brigade.Runner.Trials;

namespace Brigade.Runner.Runtimes;

/// <summary>Each Node.js that is found: on the search path, and what nvm installed. Its host is a handful of modules beside the runner.</summary>
internal sealed partial class NodeRuntime : IRuntime
{
    private const string Question = "process.stdout.write(JSON.stringify({ version: process.versions.node, executable: process.execPath }))";

    /// <summary>Node.js cannot move its descriptors itself: records leave on 4, and what a task prints goes to standard error.</summary>
    private const string Launch = """exec "$0" "$@" 3<&0 4>&1 0</dev/null 1>&2""";

    public RuntimeKind Kind => RuntimeCatalogue.Node;

    /// <summary>The first of a major version keeps the short id; others of it get their full version as id.</summary>
    public async Task<IReadOnlyList<RuntimeInfo>> FindAsync(SearchPlaces places, CancellationToken cancellation)
    {
        var candidates = Candidates(places).DistinctBy(SearchPlaces.RealPath, StringComparer.Ordinal).ToList();
        var answers = await Probe.AskAllAsync<Answer>(candidates, ["-e", Question], cancellation);
        var plain = candidates.FindIndex(path => Path.GetFileName(path) is "node" or "nodejs" && places.Directories().Contains(Path.GetDirectoryName(path), StringComparer.Ordinal));

        var found = new List<(RuntimeInfo Info, Version Version)>();
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var executables = new HashSet<string>(StringComparer.Ordinal); // one may be found through a linked directory, too
        for (var i = 0; i < answers.Count; i++)
        {
            if (answers[i] is not { } answer || !executables.Add(answer.Executable) || !Version.TryParse(answer.Version.Split('-')[0], out var version) || version.Major < Kind.OldestVersion)
            {
                continue;
            }

            var id = string.Create(CultureInfo.InvariantCulture, $"{Kind.Name}{version.Major}");
            if (taken.Add(id) || taken.Add(id = $"{Kind.Name}{answer.Version}"))
            {
                found.Add((new RuntimeInfo(id, Kind.Name, answer.Version, answer.Executable, Gil: null, IsDefault: i == plain), version));
            }
        }

        return WithDefault([.. found.OrderBy(pair => pair.Version).Select(pair => pair.Info)]);
    }

    public HostCommand CommandFor(RuntimeInfo installation) => new(
        "/bin/sh", ["-c", Launch, installation.Path, HostFiles.PathOf("node", "host.mjs")], new Dictionary<string, string>(StringComparer.Ordinal));

    public string Mend(string wanted) => string.Equals(wanted, Kind.Name, StringComparison.Ordinal)
        ? "install Node.js 18 or newer (on Debian: apt install nodejs)"
        : $"install it so that it is the `node` of the search path, or with nvm (`nvm install {wanted[Kind.Name.Length..]}`)";

    private static IEnumerable<string> Candidates(SearchPlaces places)
    {
        var named = places.Directories().SelectMany(directory => SearchPlaces.Files(directory, "node*")).Where(path => ProgramName().IsMatch(Path.GetFileName(path))).ToList();
        return [
            .. named.Where(path => Path.GetFileName(path) is "node"),
            .. named,
            .. SearchPlaces.DirectoriesIn(Path.Combine(places.NvmRoot, "versions", "node")).Select(version => Path.Combine(version, "bin", "node")).Where(File.Exists)];
    }

    /// <summary>Where nothing on the search path is called <c>node</c>, the newest is the default.</summary>
    private static List<RuntimeInfo> WithDefault(List<RuntimeInfo> found)
    {
        if (found.Count > 0 && !found.Exists(runtime => runtime.IsDefault))
        {
            found[^1] = found[^1] with { IsDefault = true };
        }

        return found;
    }

    [GeneratedRegex("^node(js|-?[0-9]+)?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ProgramName();

    private sealed record Answer(string Version, string Executable);
}
