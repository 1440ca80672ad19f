using Brigade.Analysis.View;
using Brigade.Contracts.Runs;
using Brigade.Runner.Runtimes;
using Brigade.Runner.Trials;

namespace Brigade.Runner.Runs;

/// <summary>The hosts that ship with the runner, for the runtimes that were found.</summary>
internal sealed class TrialHostCatalogue(IReadOnlyList<RuntimeInfo> runtimes) : ITrialHosts
{
    public IReadOnlyList<RuntimeInfo> Runtimes => runtimes;

    public RuntimeInfo? Resolve(string runtime) => RuntimeOf.Name(runtime, runtimes);

    public HostCommand CommandFor(RuntimeInfo runtime) =>
        RuntimeRegistry.Of(runtime.Language)?.CommandFor(runtime) ?? throw new TrialException($"this runner has no trial host for {runtime.Id}");
}
