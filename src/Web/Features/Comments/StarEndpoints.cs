using Brigade.Data.Queries;
using Brigade.Web.Features.Api;

namespace Brigade.Web.Features.Comments;

/// <summary>REST: stars, which everybody has of their own.</summary>
internal static class StarEndpoints
{
    public static void MapStars(this IEndpointRouteBuilder app)
    {
        var group = app.MapApi("/runs/{id:guid}/star", "Runs");
        group.MapPut("", (Guid id, StarStore store, CancellationToken cancellation) => SetAsync(id, isStarred: true, store, cancellation))
            .ForEachRole().WithName("StarRun").WithSummary("Star a run, for whoever asks; 'starred=true' finds it in the list of runs.")
            .Produces(StatusCodes.Status204NoContent).ProducesWriteProblems().ProducesProblem(StatusCodes.Status404NotFound);
        group.MapDelete("", (Guid id, StarStore store, CancellationToken cancellation) => SetAsync(id, isStarred: false, store, cancellation))
            .ForEachRole().WithName("UnstarRun").WithSummary("Take one's star away from a run.")
            .Produces(StatusCodes.Status204NoContent).ProducesWriteProblems().ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> SetAsync(Guid id, bool isStarred, StarStore store, CancellationToken cancellation) =>
        await store.SetAsync(id, isStarred, cancellation) ? TypedResults.NoContent() : ApiSetup.NotFound("run", id);
}
