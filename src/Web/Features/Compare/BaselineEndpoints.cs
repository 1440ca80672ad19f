using Brigade.Data.Errors;
using Brigade.Data.Queries;
using Brigade.Web.Features.Api;

namespace Brigade.Web.Features.Compare;

/// <summary>REST: what later runs of an experiment are compared with.</summary>
internal static class BaselineEndpoints
{
    public static void MapBaselines(this IEndpointRouteBuilder app)
    {
        var group = app.MapApi("/experiments/{id:guid}/baselines", "Baselines");
        group.MapGet("", ListAsync).WithName("ListBaselines").WithSummary("The baselines of an experiment: its own first, then by tag.")
            .Produces<ListResponse<BaselineResponse>>().ProducesProblem(StatusCodes.Status404NotFound);
        group.MapPut("", (Guid id, HttpRequest request, ExperimentStore experiments, BaselineStore baselines, CancellationToken cancellation) =>
                PinAsync(id, BaselineStore.ForAll, request, experiments, baselines, cancellation))
            .WithName("PinBaseline").WithSummary("Pin a run as what all later runs of the experiment are compared with; it takes the place of the one before.").Documented();
        group.MapPut("/{**tag}", PinAsync)
            .WithName("PinBaselineOfTag").WithSummary("Pin a run as what later runs with the tag are compared with; it takes the place of the one before.").Documented();
        group.MapDelete("", (Guid id, BaselineStore baselines, CancellationToken cancellation) => UnpinAsync(id, BaselineStore.ForAll, baselines, cancellation))
            .WithName("UnpinBaseline").WithSummary("Take the experiment's baseline away; its run stays.")
            .Produces(StatusCodes.Status204NoContent).ProducesWriteProblems().ProducesProblem(StatusCodes.Status404NotFound);
        group.MapDelete("/{**tag}", UnpinAsync)
            .WithName("UnpinBaselineOfTag").WithSummary("Take the baseline of a tag away; its run stays.")
            .Produces(StatusCodes.Status204NoContent).ProducesWriteProblems().ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static RouteHandlerBuilder Documented(this RouteHandlerBuilder endpoint) => endpoint
        .Accepts<BaselineBody>("application/json").WithBodyExample(ComparisonExamples.Pin)
        .Produces<BaselineResponse>().ProducesBodyProblems().ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> ListAsync(Guid id, ExperimentStore experiments, BaselineStore baselines, CancellationToken cancellation)
    {
        if (await experiments.FindAsync(id, cancellation) is null)
            return ApiSetup.NotFound("experiment", id);
        var rows = await baselines.ListAsync(id, cancellation);
        return TypedResults.Ok(new ListResponse<BaselineResponse>([.. rows.Select(BaselineResponse.Of)], rows.Count));
    }

    private static async Task<IResult> PinAsync(Guid id, string tag, HttpRequest request, ExperimentStore experiments, BaselineStore baselines, CancellationToken cancellation)
    {
        var (body, problem) = await ApiBody.ReadAsync(request);
        if (body is null)
            return problem!.ToResult();
        if (body.Unknown("runId", "note") is { } unknown)
            return unknown.ToResult();
        if (!Guid.TryParse(body.Value<string>("runId"), out var run))
            return SpecProblem.Unprocessable("/runId", "Say which run to pin in 'runId'.").ToResult();
        var note = body.Has("note") ? body.Value<string>("note") : "";
        if (note is null || note.Length > BaselineStore.LongestNote)
            return SpecProblem.Unprocessable("/note", $"A note is text of at most {BaselineStore.LongestNote} letters.").ToResult();
        if (await experiments.FindAsync(id, cancellation) is null)
            return ApiSetup.NotFound("experiment", id);
        try
        {
            return TypedResults.Ok(BaselineResponse.Of(await baselines.PinAsync(id, Unescaped(tag), run, note.Trim(), cancellation)));
        }
        catch (BaselineRefusedException refused)
        {
            return SpecProblem.Unprocessable("/runId", refused.Message).ToResult();
        }
    }

    private static async Task<IResult> UnpinAsync(Guid id, string tag, BaselineStore baselines, CancellationToken cancellation) =>
        await baselines.UnpinAsync(id, Unescaped(tag), cancellation)
            ? TypedResults.NoContent()
            : TypedResults.Problem(
                title: "There is no such baseline.",
                detail: tag.Length == 0 ? $"Nothing is pinned for the experiment {id}." : $"Nothing is pinned for the tag \"{Unescaped(tag)}\" of the experiment {id}.",
                statusCode: StatusCodes.Status404NotFound);

    // The server leaves this one escape of a path as it is, and all others not.
    private static string Unescaped(string tag) => tag.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
}
