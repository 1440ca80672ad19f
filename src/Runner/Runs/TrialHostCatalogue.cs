using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;
using Brigade.Runner.Runtimes;
using Brigade.Runner.Trials;

namespace Brigade.Runner.Runs;

/// <summary>The hosts that ship with the runner, for the runtimes that were found.</summary>
internal sealed class TrialHostCatalogue(IReadOnlyList<RuntimeInfo> runtimes) : ITrialHosts
{
    public IReadOnlyList<RuntimeInfo> Runtimes => runtimes;

    public RuntimeInfo? Resolve(string runtime) => RuntimeCatalogue.Of(runtime) is { } kind && kind.IsName(runtime, out var version) && version == int.MaxValue
        ? runtimes.FirstOrDefault(found => found.IsDefault && string.Equals(found.Language, kind.Name, StringComparison.Ordinal))
        : runtimes.FirstOrDefault(found => string.Equals(found.Id, runtime, StringComparison.Ordinal));

    public HostCommand CommandFor(RuntimeInfo runtime) =>
        RuntimeRegistry.Of(runtime.Language)?.CommandFor(runtime) ?? throw new TrialException($"this runner has no trial host for {runtime.Id}");
}
