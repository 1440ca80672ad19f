using System.ComponentModel;
using Brigade.Analysis;
using Brigade.Analysis.Crossover;
using Brigade.Data.Queries;
using Brigade.Web.Features.Api;

namespace Brigade.Web.Features.Runs.Crossover;

/// <summary>REST: who wins where in the sweep of a run.</summary>
internal static class CrossoverEndpoint
{
    public static void MapCrossover(this RouteGroupBuilder runs) =>
        runs.MapGet("/{id:guid}/crossover", FindAsync).WithName("GetRunCrossover").WithSummary("Who wins where, and by how much, over two axes that the run swept.")
            .WithDescription("'axes' are the ones that can be asked for; 'map' is absent where there is none. A place is won by the highest median throughput whose interval is apart from all others', else it is a tie.")
            .Produces<CrossoverResponse>().ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);

    private static async Task<IResult> FindAsync(
        Guid id,
        [Description("Key of the axis across, such as params.limit, payloadBytes, workers, chunkSize, channel, startMethod or runtime. Default: the first that was swept.")] string? x,
        [Description("Key of the axis down; 'none' for a map of one row. Default: another one that was swept.")] string? y,
        RunStore store,
        CancellationToken cancellation)
    {
        if (await store.FindAsync(id, cancellation) is not { } run)
            return ApiSetup.NotFound("run", id);
        if (run.Plan is null || run.Machine is null)
            return TypedResults.Problem(title: "There is no result.", detail: "The run has measured nothing yet.", statusCode: StatusCodes.Status409Conflict);

        var cells = ResultBuilder.Build(run.Spec, run.Row.Status, run.Machine, run.Plan, await store.TrialsAsync(id, cancellation)).Cells;
        var axes = CrossoverAxis.Of([.. cells.Select(cell => cell.Cell)]);
        var chosen = CrossoverMap.Default(cells);
        if (chosen is null && x is null && y is null)
            return TypedResults.Ok(new CrossoverResponse(axes, null));

        var across = x ?? chosen?.X ?? "";
        var down = y switch
        {
            "none" => null,
            null => axes.Select(axis => axis.Key).OrderBy(key => string.Equals(key, chosen?.Y, StringComparison.Ordinal) ? 0 : 1).FirstOrDefault(key => !string.Equals(key, across, StringComparison.Ordinal)),
            _ => y,
        };
        if (CrossoverMap.Of(cells, across, down) is { } map)
            return TypedResults.Ok(new CrossoverResponse(axes, map));

        var errors = new ParameterErrors();
        var isX = !axes.Any(axis => string.Equals(axis.Key, across, StringComparison.Ordinal));
        var known = axes.Count == 0 ? "This run swept nothing." : $"It swept {string.Join(", ", axes.Select(axis => axis.Key))}.";
        errors.Add(isX ? "x" : "y", isX || !string.Equals(across, down, StringComparison.Ordinal) ? $"'{(isX ? across : down)}' is no axis of this run. {known}" : $"'{down}' is the axis across already. {known}");
        return errors.ToResult();
    }
}

/// <param name="Axes">What the run swept.</param>
/// <param name="Map">Absent where it swept nothing.</param>
internal sealed record CrossoverResponse(IReadOnlyList<CrossoverAxis> Axes, CrossoverMap? Map);
