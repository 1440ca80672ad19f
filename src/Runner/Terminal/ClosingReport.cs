using System.Globalization;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;
using Spectre.Console;

namespace Brigade.Runner.Terminal;

/// <summary>What stands at the end of a run: the table of cells, thresholds, failures, findings and the advice.</summary>
internal static class ClosingReport
{
    /// <summary>Narrower terminals get the columns that decide: no interval, median latency or number of trials.</summary>
    private const int FullWidth = 120;

    /// <summary>From this width on it also fits where the workers' time went.</summary>
    private const int CostsWidth = 170;

    public static void Write(IAnsiConsole console, RunResult result)
    {
        console.WriteLine();
        console.Write(Table(result, console.Profile.Width));
        TaskErrors(console, result);
        Thresholds(console, result);
        foreach (var finding in result.Findings)
        {
            Line(console, finding.Severity switch { "error" => "red", "warning" => "yellow", _ => "blue" }, finding.Severity, finding.Text);
        }

        if (result.Advice is { } advice)
        {
            console.WriteLine();
            AdviceText.Write(console, advice);
        }
    }

    private static Table Table(RunResult result, int width)
    {
        var (isWide, hasCosts) = (width >= FullWidth, width >= CostsWidth && result.Cells.Any(cell => cell.Costs is not null));
        var table = new Table { Border = TableBorder.Simple };
        foreach (var name in new[] { "runtime", "strategy", "workers" })
        {
            table.AddColumn(new TableColumn(name).NoWrap().PadRight(0));
        }

        var details = result.Cells.Any(cell => Details(cell, result).Length > 0);
        if (details)
        {
            table.AddColumn(new TableColumn("details"));
        }

        string[] figures = isWide ? ["median", "95 % interval", "p50", "p99", "speed-up", "efficiency", "trials"] : ["median", "p99", "speed-up", "efficiency"];
        foreach (var name in figures)
        {
            table.AddColumn(new TableColumn(name).RightAligned().NoWrap().PadRight(0));
        }

        if (hasCosts)
        {
            table.AddColumn(new TableColumn("time went to"));
        }

        // A search leaves most of its candidates out after a look, some without one.
        foreach (var cell in result.Trials.Any(trial => trial.Status == TrialStatus.Skipped) ? result.Cells.Where(cell => cell.Completed > 0) : result.Cells)
        {
            string[] costs = hasCosts ? [CostText.Of(cell.Costs)] : [];
            table.AddRow([.. Row(cell, result, details, isWide).Concat(costs).Select(Markup.Escape)]);
        }

        return table;
    }

    private static IEnumerable<string> Row(CellResult cell, RunResult result, bool details, bool isWide)
    {
        yield return cell.Cell.Runtime;
        yield return EnumName.Of(cell.Cell.Strategy);
        yield return cell.Cell.Workers.ToString(CultureInfo.InvariantCulture);
        if (details)
        {
            yield return Details(cell, result);
        }

        var measured = cell.Completed > 0;
        yield return measured ? TrialText.Rate(cell.Median.ThroughputPerSecond) : "-";
        if (isWide)
        {
            yield return measured && cell.Completed > 1 ? $"{TrialText.Significant(cell.Interval.Low)} to {TrialText.Significant(cell.Interval.High)}" : "-";
            yield return measured ? TrialText.Milliseconds(cell.Median.P50Ms) : "-";
        }

        yield return measured ? TrialText.Milliseconds(cell.Median.P99Ms) : "-";
        yield return cell.Speedup is { } speedup ? speedup.ToString("0.00", CultureInfo.InvariantCulture) : "-";
        yield return cell.Efficiency is { } efficiency ? efficiency.ToString("0.00", CultureInfo.InvariantCulture) : "-";
        if (isWide)
        {
            yield return cell.Completed.ToString(CultureInfo.InvariantCulture);
        }
    }

    /// <summary>What tells cells of one strategy apart: channel and the like, and the parameters that differ.</summary>
    private static string Details(CellResult cell, RunResult result)
    {
        var swept = cell.Cell.Params.Keys.Where(name => result.Cells.Select(other => other.Cell.Params.TryGetValue(name, out var value) ? value.Text : "").Distinct(StringComparer.Ordinal).Skip(1).Any());
        var channels = result.Cells.Select(other => other.Cell.Channel).OfType<Contracts.Spec.Channel>().Distinct().Skip(1).Any();
        var shown = channels ? cell.Cell : cell.Cell with { Channel = null };
        var coordinates = TrialText.Cell(shown, "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(2);
        return string.Join(' ', [.. coordinates, .. TrialText.Swept(cell.Cell, swept).Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
    }

    /// <summary>The first error that a task raised; the findings tell how many there were.</summary>
    private static void TaskErrors(IAnsiConsole console, RunResult result)
    {
        if (result.Trials.FirstOrDefault(trial => trial.TaskErrors.Count > 0)?.TaskErrors[0] is { } error)
        {
            Line(console, "yellow", "task error", error.Message);
            console.WriteLine(error.Traceback.TrimEnd());
        }
    }

    private static void Thresholds(IAnsiConsole console, RunResult result)
    {
        foreach (var threshold in result.Thresholds.GroupBy(outcome => outcome.Threshold, StringComparer.Ordinal).Where(group => group.All(outcome => outcome.Holds)))
        {
            Line(console, "green", "threshold holds", $"{threshold.Key} in every cell");
        }

        foreach (var outcome in result.Thresholds.Where(outcome => !outcome.Holds))
        {
            var cell = result.Cells[outcome.Cell].Cell;
            var actual = outcome.Actual is { } value ? $"measured {TrialText.Significant(value)}" : "nothing measured";
            Line(console, "red", "threshold failed", $"{outcome.Threshold} in {TrialText.Cell(cell, cell.Runtime)}: {actual}");
        }
    }

    private static void Line(IAnsiConsole console, string colour, string label, string text) =>
        console.MarkupLine($"[{colour}]{Markup.Escape(label)}:[/] {Markup.Escape(text)}");
}
