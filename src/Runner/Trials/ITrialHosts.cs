using Brigade.Contracts.Runs;

namespace Brigade.Runner.Trials;

/// <summary>Knows the runtimes of this machine and their hosts.</summary>
internal interface ITrialHosts
{
    /// <summary>What a spec's runtime means here; null where it was not found.</summary>
    RuntimeInfo? Resolve(string runtime);

    /// <summary>Every runtime there is, for messages.</summary>
    IReadOnlyList<RuntimeInfo> Runtimes { get; }

    HostCommand CommandFor(RuntimeInfo runtime);
}
