using System.Globalization;
using Brigade.Analysis.Comparing;
using Brigade.Contracts.Spec;
using Spectre.Console;

namespace Brigade.Runner.Terminal;

/// <summary>A comparison as a table, with what differs and why each verdict is so.</summary>
internal static class ComparisonReport
{
    public static void Write(IAnsiConsole console, Comparison comparison)
    {
        foreach (var difference in comparison.Differences)
            Line(console, difference.Severity == DifferenceSeverity.Warning ? "yellow" : "blue", difference.Severity == DifferenceSeverity.Warning ? "warning" : "info", difference.Text);
        console.Write(Table(comparison));
        foreach (var cell in comparison.Cells)
        {
            foreach (var verdict in cell.Verdicts.Where(verdict => verdict.Verdict != Verdict.Same))
                Line(console, Colour(verdict.Verdict), Word(verdict.Verdict), $"{cell.Label}{(comparison.Runs.Count > 2 ? $" in {comparison.Runs[verdict.Run].Id}" : "")}: {verdict.Reason}");
        }

        var counts = comparison.Cells.SelectMany(cell => cell.Verdicts).CountBy(verdict => verdict.Verdict).ToDictionary();
        console.WriteLine();
        console.WriteLine(string.Join(", ", Enum.GetValues<Verdict>().Where(counts.ContainsKey).Select(verdict => string.Create(CultureInfo.InvariantCulture, $"{counts[verdict]} {Word(verdict)}"))) + ".");
    }

    private static Table Table(Comparison comparison)
    {
        var several = comparison.Runs.Count > 2;
        var table = new Table { Border = TableBorder.Simple };
        foreach (var name in several ? new[] { "cell", "run", "metric" } : ["cell", "metric"])
            table.AddColumn(new TableColumn(name).NoWrap().PadRight(0));
        foreach (var name in new[] { "base", "compared", "change", "95 % interval", "floor" })
            table.AddColumn(new TableColumn(name).RightAligned().NoWrap().PadRight(0));
        table.AddColumn(new TableColumn("verdict").NoWrap().PadRight(0));

        foreach (var cell in comparison.Cells)
        {
            foreach (var verdict in cell.Verdicts)
            {
                string[] row =
                [
                    cell.Label,
                    .. several ? [comparison.Runs[verdict.Run].Id] : Array.Empty<string>(),
                    verdict.Metric,
                    Figure(verdict.Metric, cell.Runs[0]!.Of(verdict.Metric)),
                    Figure(verdict.Metric, cell.Runs[verdict.Run]!.Of(verdict.Metric)),
                    verdict.PValue < 1 || verdict.Low != verdict.High ? Percent(verdict.RelativeShift) : "-",
                    verdict.Low != verdict.High ? $"{Percent(verdict.Low)} to {Percent(verdict.High)}" : "-",
                    string.Create(CultureInfo.InvariantCulture, $"{verdict.Floor * 100:0.#} %"),
                ];
                table.AddRow([.. row.Select(Markup.Escape), $"[{Colour(verdict.Verdict)}]{Word(verdict.Verdict)}[/]"]);
            }
        }
        return table;
    }

    private static string Figure(string metric, MetricValues values) =>
        values.Values.Count == 0 ? "-" : metric == Metrics.P99 ? TrialText.Milliseconds(values.Median) : TrialText.Rate(values.Median);

    private static string Percent(double ratio) => string.Create(CultureInfo.InvariantCulture, $"{ratio * 100:+0.0;-0.0;0.0} %");

    private static string Word(Verdict verdict) => verdict == Verdict.NotEnoughData ? "not enough data" : EnumName.Of(verdict);

    private static string Colour(Verdict verdict) => verdict switch { Verdict.Faster => "green", Verdict.Slower => "red", Verdict.Same => "blue", _ => "yellow" };

    private static void Line(IAnsiConsole console, string colour, string label, string text) =>
        console.MarkupLine($"[{colour}]{Markup.Escape(label)}:[/] {Markup.Escape(text)}");
}
