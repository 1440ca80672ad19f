using System.Globalization;
using Brigade.Analysis.Comparing;
using Brigade.Contracts.Plan;
using Brigade.Contracts.Spec;
using Brigade.Data.Queries;
using Brigade.Web.Components.Formatting;
using Brigade.Web.Features.Runs;

namespace Brigade.Web.Features.Compare;

/// <summary>Cells of one run, each as a run of its own that measured the same cell: so that they are compared by the same rules as runs.</summary>
internal static class CellsAsRuns
{
    /// <param name="cells">Numbers of cells in the run's plan.</param>
    public static IReadOnlyList<ComparedSide> Sides(MeasuredRun run, IReadOnlyList<int> cells)
    {
        var swept = ResultLines.Swept(cells.Select(cell => run.Run.Plan!.Cells[cell]));
        return [.. cells.Select((cell, number) => new ComparedSide(number, run, cell, Words.Of(run.Run.Plan!.Cells[cell]) + ResultLines.Params(run.Run.Plan.Cells[cell], swept)))];
    }

    /// <summary>The side as a run that has the first side's cell and no other.</summary>
    public static ComparedRun ToRun(ComparedSide side, ComparedSide first)
    {
        var (run, cell) = (side.Run.Run, side.Cell!.Value);
        var place = first.CellAt(first.Cell!.Value);
        var plan = new TrialPlan([place], [.. run.Plan!.Trials.Where(trial => trial.Cell == cell).Select(trial => trial with { Cell = 0 })], run.Plan.Seed, []);
        return new ComparedRun(
            string.Create(CultureInfo.InvariantCulture, $"{run.Row.Id}/{cell}"), side.Title, run.Row.EndedAt, run.Spec, run.Machine!, plan,
            [.. side.Run.Trials.Where(trial => trial.Cell == cell).Select(trial => trial with { Cell = 0, Runtime = place.Runtime })]);
    }

    /// <summary>By which coordinates the cells differ.</summary>
    public static IEnumerable<Difference> Differences(IReadOnlyList<ComparedSide> sides)
    {
        IReadOnlyList<Cell> cells = [.. sides.Select(side => side.CellAt(side.Cell!.Value))];
        List<(string Field, string Title, Func<Cell, string> Value)> coordinates =
        [
            ("runtime", "Runtime", cell => cell.Runtime),
            ("strategy", "Strategy", cell => Words.Of(cell.Strategy)),
            ("workers", "Workers", cell => cell.Workers.ToString(CultureInfo.InvariantCulture)),
            ("channel", "Channel", cell => cell.Channel is { } channel ? Words.Of(channel) : ""),
            ("startMethod", "Start method", cell => cell.StartMethod is { } method ? Words.Of(method) : ""),
            ("chunkSize", "Chunk size", cell => cell.ChunkSize?.ToString(CultureInfo.InvariantCulture) ?? ""),
            ("payloadBytes", "Payload", cell => Numbers.Bytes(cell.PayloadBytes)),
            .. ResultLines.Swept(cells).Order(StringComparer.Ordinal).Select(name => ($"params.{name}", $"Parameter {name}", (Func<Cell, string>)(cell => Text(cell.Params, name)))),
        ];
        foreach (var (field, title, value) in coordinates)
        {
            IReadOnlyList<string> values = [.. cells.Select(value)];
            if (values.Distinct(StringComparer.Ordinal).Count() > 1)
                yield return new Difference(field, values, DifferenceSeverity.Info, $"{title}: this is what is compared.");
        }
    }

    private static string Text(IReadOnlyDictionary<string, ParameterValue> parameters, string name) => parameters.TryGetValue(name, out var value) ? value.Text : "";
}
