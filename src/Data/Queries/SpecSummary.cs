using System.Text.Json;
using Brigade.Contracts.Spec;

namespace Brigade.Data.Queries;

/// <summary>What lists show of a spec.</summary>
internal static class SpecSummary
{
    public static string Workload(WorkloadSpec workload) => workload switch
    {
        { Kernel: { } kernel } => kernel,
        { Code: { } code } => $"{code.Language} code",
        { Http: not null } => "http request",
        { Sql: not null } => "sql query",
        { Imported: { } tool } => $"imported from {tool}",
        { Command: { Argv: [var program, ..] } } => $"command {Path.GetFileName(program)}",
        _ => "unknown",
    };

    public static string Runtimes(ExperimentSpec spec) => spec.Matrix.Runtime.Count == 0 ? "all" : string.Join(", ", spec.Matrix.Runtime);

    /// <summary>A search that leaves a list out looks at all that make sense.</summary>
    public static string Strategies(ExperimentSpec spec) => spec.Matrix.Strategy.Count == 0 ? "all" :
        string.Join(", ", spec.Matrix.Strategy.Select(strategy => JsonNamingPolicy.KebabCaseLower.ConvertName(strategy.ToString())));

    public static string SearchText(ExperimentSpec spec) => StoredText.Key(string.Join('\n', [spec.Name, Workload(spec.Workload), .. spec.Tags]));
}
