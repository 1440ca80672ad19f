using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;
using Brigade.Runner.TrialHosts.DotNet;
using Brigade.Runner.Trials;

namespace Brigade.Runner.Runs;

/// <summary>The hosts that ship with the runner: this executable itself for .NET, and the Python package beside it for each interpreter found.</summary>
internal sealed class TrialHostCatalogue(IReadOnlyList<RuntimeInfo> runtimes) : ITrialHosts
{
    private static readonly string Home = Path.GetDirectoryName(typeof(TrialHostCatalogue).Assembly.Location) ?? AppContext.BaseDirectory;

    public IReadOnlyList<RuntimeInfo> Runtimes => runtimes;

    public RuntimeInfo? Resolve(string runtime) => runtime is "python" or "python3"
        ? runtimes.FirstOrDefault(found => found.IsDefault && string.Equals(found.Language, "python", StringComparison.Ordinal))
        : runtimes.FirstOrDefault(found => string.Equals(found.Id, runtime, StringComparison.Ordinal));

    public HostCommand CommandFor(RuntimeInfo runtime) =>
        string.Equals(runtime.Language, RuntimeNames.Python, StringComparison.Ordinal) ? Python(runtime) : DotNet();

    private static HostCommand Python(RuntimeInfo runtime) => new(
        runtime.Path,
        [Path.Combine(Home, "TrialHosts", "python", "brigade_host", "__main__.py")],
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["PYTHONUTF8"] = "1",
            ["PYTHONHASHSEED"] = "0", // equal work in every process, so that trials can be compared
        });

    private static HostCommand DotNet() => new(TrialHost.Command.File, TrialHost.Command.Arguments, TrialHost.Environment);
}
