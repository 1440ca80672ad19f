using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Brigade.Analysis.View;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;

namespace Brigade.Analysis.Reports;

/// <summary>JUnit's XML as CI systems read it: a test case per cell that was tried, which fails where a repetition did, and one per threshold and cell.</summary>
internal sealed class JunitExporter : IRunExporter
{
    private const double MillisecondsPerSecond = 1000;

    /// <summary>The schema wants a time; an unknown one is the epoch.</summary>
    private const string TimeForm = "yyyy-MM-ddTHH:mm:ss";

    public string Name => "junit";

    public string Title => "JUnit XML";

    public string MediaType => "application/xml";

    public string Extension => ".xml";

    public string Write(RunReport report, string? part = null)
    {
        var result = report.Result;
        var swept = CellName.Swept(result.Cells.Select(cell => cell.Cell));
        var cells = new ReportCells(result);
        var rows = result.Trials.ToLookup(cells.IndexOf);
        XElement[] cases =
        [
            .. result.Cells.Index().Where(pair => !IsLeftOut(rows[pair.Index])).Select(pair => CellCase(result.Name, CellName.Of(pair.Item.Cell, swept), pair.Item, [.. rows[pair.Index]])),
            .. result.Thresholds.Select(outcome => ThresholdCase(result.Name, outcome, Label(result, outcome.Cell, swept))),
        ];
        var suite = new XElement(
            "testsuite",
            Attribute("name", result.Name),
            Attribute("package", "brigade"),
            Attribute("id", "0"),
            Attribute("timestamp", (report.StartedAt ?? DateTimeOffset.UnixEpoch).ToUniversalTime().ToString(TimeForm, CultureInfo.InvariantCulture)),
            Attribute("hostname", result.Machine.Host.Length > 0 ? result.Machine.Host : "localhost"),
            Attribute("tests", Whole(cases.Length)),
            Attribute("failures", Whole(cases.Count(element => element.Element("failure") is not null))),
            Attribute("errors", "0"),
            Attribute("time", Seconds(result.Trials.Sum(row => row.WallMs))),
            Properties(report),
            cases,
            new XElement("system-out", Text(Notes(result))),
            new XElement("system-err"));
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + new XElement("testsuites", suite).ToString().ReplaceLineEndings("\n") + "\n";
    }

    /// <summary>A search that drops a candidate before it measures it has not failed.</summary>
    private static bool IsLeftOut(IEnumerable<TrialRow> rows) => rows.Any() && rows.All(row => row.Status == TrialStatus.Skipped);

    private static XElement CellCase(string name, string label, CellResult cell, IReadOnlyList<TrialRow> rows)
    {
        var failed = rows.Where(row => row.Status is TrialStatus.Failed or TrialStatus.TimedOut).ToArray();
        var element = Case(name + ".cells", label, rows.Sum(row => row.WallMs));
        if (failed.Length > 0 || cell.Completed == 0)
        {
            var why = failed.Length == 0 ? "No repetition completed." : $"{failed.Length} of {Naming.Count(rows.Count, "repetition")} failed: {failed[0].Failure}";
            var all = string.Join("\n", failed.Select(row => $"repetition {row.Repetition} ({EnumName.Of(row.Status)}): {row.Failure}"));
            element.Add(Failure("trial", why, all.Length > 0 ? all : why));
        }

        return element;
    }

    private static XElement ThresholdCase(string name, ThresholdOutcome outcome, string label)
    {
        var element = Case(name + ".thresholds", $"{outcome.Threshold} in {label}", 0);
        if (!outcome.Holds)
        {
            var why = $"{outcome.Threshold} does not hold in {label}: {ReportText.Actual(outcome)}.";
            element.Add(Failure("threshold", why, why));
        }

        return element;
    }

    private static string Label(RunResult result, int cell, IReadOnlySet<string> swept) =>
        cell >= 0 && cell < result.Cells.Count ? CellName.Of(result.Cells[cell].Cell, swept) : $"cell {cell}";

    private static XElement Case(string className, string name, double milliseconds) =>
        new("testcase", Attribute("classname", className), Attribute("name", name), Attribute("time", Seconds(milliseconds)));

    private static XElement Failure(string type, string message, string text) => new("failure", Attribute("message", message), Attribute("type", type), Text(text));

    private static XElement Properties(RunReport report)
    {
        (string Name, string Value)[] facts =
        [
            ("run", report.Id), ("source", report.Source), ("status", ReportText.Status(report.Result.Status)), ("seed", Whole(report.Result.Seed)), ("machine", ReportText.Machine(report.Result.Machine)), ("runner", report.Result.Machine.Version),
        ];
        return new("properties", facts.Where(fact => fact.Value.Length > 0).Select(fact => new XElement("property", Attribute("name", fact.Name), Attribute("value", fact.Value))));
    }

    private static string Notes(RunResult result) => string.Join(
        "\n", [.. result.Advice is { } advice ? new[] { $"{ReportText.Advice(advice)} {advice.Because}" } : [], .. result.Findings.Select(finding => $"{finding.Severity}: {finding.Text}")]);

    private static string Whole(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Seconds(double milliseconds) => (milliseconds / MillisecondsPerSecond).ToString("0.000", CultureInfo.InvariantCulture);

    private static XAttribute Attribute(string name, string value) => new(name, Text(value).ReplaceLineEndings(" "));

    /// <summary>Without the characters that XML cannot hold, such as the escapes of a coloured traceback.</summary>
    private static string Text(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            clean.Append(rune.IsBmp && !XmlConvert.IsXmlChar((char)rune.Value) ? Rune.ReplacementChar : rune);
        return clean.ToString();
    }
}
