using Brigade.Contracts.Runs;

namespace Brigade.Runner.Trials;

/// <summary>Says what to do about a runtime that is not there.</summary>
internal static class MissingRuntime
{
    public static string Explain(string wanted, IReadOnlyList<RuntimeInfo> runtimes)
    {
        var found = runtimes.Count == 0 ? "none" : string.Join(", ", runtimes.Select(runtime => runtime.Id));
        var mend = string.Equals(wanted, "python", StringComparison.Ordinal) ? "install Python 3.9 or newer (on Debian: apt install python3)"
            : wanted.StartsWith("python", StringComparison.Ordinal) ? $"install it so that `{wanted}` is on the search path, or with pyenv (`pyenv install {wanted["python".Length..]}`)"
            : "use one of those";
        return $"the runtime {wanted} was not found on this machine; found: {found}. To mend it, {mend}";
    }
}
