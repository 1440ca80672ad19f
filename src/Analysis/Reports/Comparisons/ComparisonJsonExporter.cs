using System.Text.Json;
using Brigade.Analysis.Comparing;
using Brigade.Contracts;

namespace Brigade.Analysis.Reports.Comparisons;

/// <summary>The comparison as it is.</summary>
internal sealed class ComparisonJsonExporter : IComparisonExporter
{
    public string Name => "json";

    public string Title => "JSON";

    public string MediaType => "application/json";

    public string Extension => ".json";

    public string Write(Comparison comparison) => JsonSerializer.Serialize(comparison, BrigadeJson.Indented) + "\n";
}
