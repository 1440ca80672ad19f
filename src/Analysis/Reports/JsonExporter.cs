using System.Text.Json;
using Brigade.Contracts;

namespace Brigade.Analysis.Reports;

/// <summary>The result as it is, as <c>brigade run --json</c> writes it.</summary>
internal sealed class JsonExporter : IRunExporter
{
    public string Name => "json";

    public string Title => "JSON";

    public string MediaType => "application/json";

    public string Extension => ".json";

    public string Write(RunReport report, string? part = null) => JsonSerializer.Serialize(report.Result, BrigadeJson.Indented) + "\n";
}
