namespace Brigade.Contracts.Spec;

/// <summary>The names by which a spec asks for a runtime.</summary>
public static class RuntimeNames
{
    public const string DotNet = "dotnet";

    /// <summary>The runner's default interpreter.</summary>
    public const string Python = "python";

    /// <summary>The runner's default Node.js.</summary>
    public const string Node = "node";

    /// <summary>Whether a name means a Python interpreter: <c>python</c>, <c>python3.11</c>, <c>python3.13t</c>.</summary>
    public static bool IsPython(string runtime) => runtime.StartsWith(Python, StringComparison.Ordinal);

    /// <summary>Whether a workload's language fits: code runs on its own language's runtime only, anything else everywhere.</summary>
    public static bool CanRun(WorkloadSpec workload, string runtime) =>
        workload.Code is not { } code || RuntimeCatalogue.OfLanguage(code.Language) is not { } kind || kind == RuntimeCatalogue.Of(runtime);
}
