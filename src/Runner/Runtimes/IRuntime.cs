using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;
using Brigade.Runner.Trials;

namespace Brigade.Runner.Runtimes;

/// <summary>One kind of runtime on this machine: where its installations are, and how the trial host of one is started.</summary>
internal interface IRuntime
{
    /// <summary>What specs and texts know of it.</summary>
    RuntimeKind Kind { get; }

    /// <summary>Every installation, the oldest first, each with the kind's name as language and at most one as the default.</summary>
    Task<IReadOnlyList<RuntimeInfo>> FindAsync(SearchPlaces places, CancellationToken cancellation);

    HostCommand CommandFor(RuntimeInfo installation);

    /// <summary>What to do where a spec wants one that is not there, as the end of a sentence.</summary>
    string Mend(string wanted);
}

/// <summary>The kinds of runtime that this runner has hosts for.</summary>
internal static class RuntimeRegistry
{
    public static IReadOnlyList<IRuntime> All { get; } = [new DotNetRuntime(), new NodeRuntime(), new PythonRuntime()];

    /// <summary>The kind of an installation, or of a name in a spec; null for what is none.</summary>
    public static IRuntime? Of(string runtime) => RuntimeCatalogue.Of(runtime) is { } kind ? All.FirstOrDefault(found => found.Kind == kind) : null;
}
