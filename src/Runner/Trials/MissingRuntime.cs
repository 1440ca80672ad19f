using Brigade.Contracts.Runs;
using Brigade.Runner.Runtimes;

namespace Brigade.Runner.Trials;

/// <summary>Says what to do about a runtime that is not there.</summary>
internal static class MissingRuntime
{
    public static string Explain(string wanted, IReadOnlyList<RuntimeInfo> runtimes)
    {
        var found = runtimes.Count == 0 ? "none" : string.Join(", ", runtimes.Select(runtime => runtime.Id));
        var mend = RuntimeRegistry.Of(wanted)?.Mend(wanted) ?? "use one of those";
        return $"the runtime {wanted} was not found on this machine; found: {found}. To mend it, {mend}";
    }
}
