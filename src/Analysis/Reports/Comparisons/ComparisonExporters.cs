namespace Brigade.Analysis.Reports.Comparisons;

/// <summary>Every format that a comparison can be written in: adding one is adding a file and a line here.</summary>
public static class ComparisonExporters
{
    /// <summary>The file's name without its extension.</summary>
    public const string FileName = "comparison";

    public static IReadOnlyList<IComparisonExporter> All { get; } = [new ComparisonHtmlExporter(), new ComparisonMarkdownExporter(), new ComparisonCsvExporter(), new ComparisonJsonExporter()];

    public static string Names { get; } = string.Join(", ", All.Select(exporter => exporter.Name));

    public static IComparisonExporter? Find(string name) => All.FirstOrDefault(exporter => string.Equals(exporter.Name, name, StringComparison.Ordinal));
}
