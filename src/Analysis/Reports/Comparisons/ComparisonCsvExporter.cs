using Brigade.Analysis.Comparing;
using Brigade.Contracts.Spec;

namespace Brigade.Analysis.Reports.Comparisons;

/// <summary>A row per cell, run and metric; the base has no verdict.</summary>
internal sealed class ComparisonCsvExporter : IComparisonExporter
{
    private static readonly string[] Columns =
        ["cell", "run", "runId", "runName", "metric", "completed", "errorRatio", "median", "low", "high", "verdict", "relativeShift", "shiftLow", "shiftHigh", "pValue", "effect", "floor", "reason"];

    public string Name => "csv";

    public string Title => "CSV";

    public string MediaType => "text/csv";

    public string Extension => ".csv";

    public string Write(Comparison comparison)
    {
        var csv = new CsvText();
        foreach (var column in Columns)
            csv.Text(column);
        csv.EndLine();
        foreach (var cell in comparison.Cells)
        {
            foreach (var (run, measured) in cell.Runs.Index().Where(pair => pair.Item is not null))
            {
                foreach (var metric in Metrics.All)
                    Row(csv, comparison, cell, run, measured!, metric);
            }
        }

        return csv.ToString();
    }

    private static void Row(CsvText csv, Comparison comparison, ComparedCell cell, int run, CellMeasurements measured, string metric)
    {
        var values = measured.Of(metric);
        var verdict = cell.Verdicts.FirstOrDefault(candidate => candidate.Run == run && candidate.Metric == metric);
        csv.Text(cell.Label).Number(run).Text(comparison.Runs[run].Id).Text(comparison.Runs[run].Name).Text(metric).Number(measured.Completed).Number(measured.ErrorRatio)
            .Number(Told(values.Median)).Number(Told(values.Low)).Number(Told(values.High)).Text(verdict is null ? "" : EnumName.Of(verdict.Verdict))
            .Number(verdict?.RelativeShift).Number(verdict?.Low).Number(verdict?.High).Number(verdict?.PValue).Number(verdict?.Effect).Number(verdict?.Floor).Text(verdict?.Reason ?? "").EndLine();

        // Without a repetition that tells the figure there is none, rather than a 0.
        double? Told(double value) => values.Values.Count > 0 ? value : null;
    }
}
