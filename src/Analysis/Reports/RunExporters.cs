using Brigade.Analysis.Reports.Html;

namespace Brigade.Analysis.Reports;

/// <summary>Every format that a run can be written in: adding one is adding a file and a line here.</summary>
public static class RunExporters
{
    public static IReadOnlyList<IRunExporter> All { get; } = [new HtmlExporter(), new MarkdownExporter(), new CsvExporter(), new JsonExporter(), new HlogExporter(), new JunitExporter()];

    public static string Names { get; } = string.Join(", ", All.Select(exporter => exporter.Name));

    public static IRunExporter? Find(string name) => All.FirstOrDefault(exporter => string.Equals(exporter.Name, name, StringComparison.Ordinal));

    /// <summary>A file's name that every system takes: of the run's name, the part where there are several, and the extension.</summary>
    public static string FileName(IRunExporter exporter, string name, string? part = null)
    {
        var safe = new string([.. name.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.' ? letter : '-')]).Trim('-', '.');
        var of = exporter.Parts.Count == 0 ? "" : $"-{part ?? exporter.Parts[0]}";
        return (safe.Length == 0 ? "run" : safe) + of + exporter.Extension;
    }
}
