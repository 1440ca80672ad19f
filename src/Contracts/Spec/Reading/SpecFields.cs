namespace Brigade.Contracts.Spec.Reading;

/// <summary>The fields of each object of a spec, in the order in which they are written; public for editors that complete them.</summary>
public static class SpecFields
{
    private static readonly Dictionary<string, string[]> Sections = new(StringComparer.Ordinal)
    {
        [""] = ["version", "name", "workload", "matrix", "load", "search", "repeat", "stop", "warmup", "order", "seed", "limits", "faults", "thresholds", "abort", "tags"],
        ["workload"] = ["kernel", "params", "code", "http", "sql", "command", "secrets"],
        ["code"] = ["language", "file", "source"],
        ["http"] = ["url", "method", "headers", "body", "expectStatus", "timeout", "keepAlive", "version", "verifyCertificate"],
        ["sql"] = ["connection", "query"],
        ["command"] = ["argv", "stdin"],
        ["matrix"] = ["runtime", "strategy", "workers", "channel", "startMethod", "chunkSize", "payloadBytes", "params"],
        ["load"] = ["tasks", "duration", "rate", "maxInFlight", "stages"],
        ["stage"] = ["rate", "for"],
        ["search"] = ["budget", "difference"],
        ["stop"] = ["relativeError", "atLeast"],
        ["warmup"] = ["tasks", "duration"],
        ["limits"] = ["trialTimeout", "memory", "cpuSet", "processes", "cpuTime", "disk", "output"],
        ["fault"] = ["kind", "worker", "atTask"],
    };

    /// <summary>Where a field belongs that somebody put somewhere else; only sections that stand directly in the spec.</summary>
    private static readonly string[] Homes = ["", "workload", "matrix", "load", "search", "stop", "limits"];

    /// <summary>The names of all objects; empty for the spec itself.</summary>
    public static IReadOnlyCollection<string> Names => Sections.Keys;

    public static IReadOnlyList<string> Of(string section) => Sections[section];

    internal static string Unknown(string name, string pointer, string section)
    {
        var place = pointer.Length == 0 ? "" : $" in {SpecLabel.Of(pointer)}";
        return $"Unknown field '{SpecLabel.Shorten(name)}'{place}{Hint(name, section)} Known here: {string.Join(", ", Of(section))}.";
    }

    private static string Hint(string name, string section)
    {
        var home = Homes.FirstOrDefault(candidate => !string.Equals(candidate, section, StringComparison.Ordinal) && Of(candidate).Contains(name, StringComparer.Ordinal));
        return home switch
        {
            null => Suggestion.End(name, Of(section)),
            "" => "; it belongs at the top of the spec.",
            _ => $"; it belongs in '{home}'.",
        };
    }
}
