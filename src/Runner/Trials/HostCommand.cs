using Brigade.Contracts.Runs;

namespace Brigade.Runner.Trials;

/// <summary>How to start the trial host of a runtime.</summary>
/// <param name="Environment">What the host needs beyond the few variables that every trial gets.</param>
internal sealed record HostCommand(string FileName, IReadOnlyList<string> Arguments, IReadOnlyDictionary<string, string> Environment);

/// <summary>Knows the runtimes of this machine and their hosts.</summary>
internal interface ITrialHosts
{
    /// <summary>What a spec's runtime means here; null where it was not found.</summary>
    RuntimeInfo? Resolve(string runtime);

    /// <summary>Every runtime there is, for messages.</summary>
    IReadOnlyList<RuntimeInfo> Runtimes { get; }

    HostCommand CommandFor(RuntimeInfo runtime);
}
