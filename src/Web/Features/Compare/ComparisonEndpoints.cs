using System.ComponentModel;
using Brigade.Data.Queries;
using Brigade.Web.Features.Api;

namespace Brigade.Web.Features.Compare;

/// <summary>REST: runs and cells side by side.</summary>
internal static class ComparisonEndpoints
{
    public static void MapComparisons(this IEndpointRouteBuilder app)
    {
        app.MapApi("/comparisons", "Comparisons").MapGet("", CompareAsync).WithName("CompareRuns").WithSummary("Compare runs, or cells of one run, side by side.")
            .WithDescription("The first run is what the others are compared with. With one run, 'cells' names at least two of its cells, which are compared with each other.")
            .Produces<ComparisonResponse>().WithAnswerExample(ComparisonExamples.Comparison)
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        app.MapApi("/runs", "Comparisons").MapGet("/{id:guid}/comparison", OfRunAsync).WithName("CompareRun").WithSummary("Compare a run with its baseline, or with another run.")
            .WithDescription("Without 'with', the baseline is that of the first of the run's tags which has one, else that of its experiment, and only one that was measured before the run. 404 where there is none.")
            .Produces<ComparisonResponse>().WithAnswerExample(ComparisonExamples.Comparison)
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<IResult> CompareAsync(
        [Description("Ids of 1 to 8 runs, separated by commas; the first one is what the others are compared with.")] string? runs,
        [Description("Numbers of cells in the plan of the first run, from 0, separated by commas. Default: all. With one run: 2 to 8 cells to compare with each other.")] string? cells,
        Comparisons comparisons, CancellationToken cancellation)
    {
        var errors = new ParameterErrors();
        var asked = Read(runs, cells, errors);
        return errors.Any ? errors.ToResult() : await AnswerAsync(asked.Runs, asked.Cells, null, comparisons, cancellation);
    }

    /// <summary>What is to be compared, and in <paramref name="errors"/> everything that is wrong with it.</summary>
    internal static ComparedIds Read(string? runs, string? cells, ParameterErrors errors)
    {
        var asked = ComparedIds.Read(runs, cells);
        foreach (var (parameter, message) in asked.Problems)
            errors.Add(parameter, message);
        if (asked.Runs.Count == 0 && !errors.Any)
            errors.Add("runs", "Say which runs to compare: their ids, separated by commas.");
        if (asked.Runs.Count == 1 && asked.Cells.Count < 2 && !errors.Any)
            errors.Add("runs", "There is one run. Name another one to compare it with, or two of its cells as 'cells'.");
        return asked;
    }

    private static async Task<IResult> OfRunAsync(
        Guid id, [Description("The run to compare it with. Default: its baseline.")] string? with, RunStore store, BaselineStore baselines, Comparisons comparisons, CancellationToken cancellation)
    {
        var errors = new ParameterErrors();
        if (!string.IsNullOrEmpty(with) && (!Guid.TryParse(with, out var parsed) || parsed == id))
            errors.Add("with", $"'{with}' is no id of another run.");
        if (errors.Any)
            return errors.ToResult();
        if (await store.FindAsync(id, cancellation) is not { } run)
            return ApiSetup.NotFound("run", id);
        if (Guid.TryParse(with, out var other))
            return await AnswerAsync([other, id], [], null, comparisons, cancellation);
        return await baselines.ForAsync(run.Row, cancellation) is { } baseline
            ? await AnswerAsync([baseline.RunId, id], [], baseline, comparisons, cancellation)
            : TypedResults.Problem(
                title: "The run has no baseline.",
                detail: run.Row.ExperimentId is { } experiment
                    ? $"No run from before it is pinned for its experiment or its tags. Pin one with PUT {ApiSetup.Prefix}/experiments/{experiment}/baselines, or name a run as 'with'."
                    : "It is of no stored experiment, so nothing can be pinned for it. Name a run to compare it with as 'with'.",
                statusCode: StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> AnswerAsync(IReadOnlyList<Guid> runs, IReadOnlyList<int> cells, BaselineRow? baseline, Comparisons comparisons, CancellationToken cancellation)
    {
        var compared = await comparisons.CompareAsync(runs, cells, cancellation);
        if (ProblemOf(compared) is { } problem)
            return problem;
        var url = CompareLinks.Runs(runs) + (cells.Count > 0 ? $"&cells={string.Join(',', cells)}" : "");
        return TypedResults.Ok(ComparisonResponse.Of(compared, baseline, url));
    }

    /// <summary>Why there is no comparison to answer; null where there is one.</summary>
    internal static IResult? ProblemOf(ComparedRuns compared)
    {
        if (compared.Missing is [var missing, ..])
            return ApiSetup.NotFound("run", missing);
        if (compared.Unmeasured is [var unmeasured, ..])
        {
            return TypedResults.Problem(
                title: "There is nothing to compare yet.",
                detail: $"The run \"{unmeasured.Name}\" ({unmeasured.Id}) has completed no trial; it is {unmeasured.Status.ToString().ToLowerInvariant()}.",
                statusCode: StatusCodes.Status409Conflict);
        }

        if (compared.UnknownCells.Count > 0)
        {
            var errors = new ParameterErrors();
            errors.Add("cells", $"The plan of the first run has {compared.CellCount} cells, numbered from 0; there is no cell {string.Join(", ", compared.UnknownCells)}.");
            return errors.ToResult();
        }

        return null;
    }
}
