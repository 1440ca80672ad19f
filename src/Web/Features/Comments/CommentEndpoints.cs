using System.Text.Json.Nodes;
using Brigade.Data.Errors;
using Brigade.Data.Queries;
using Brigade.Web.Features.Api;

namespace Brigade.Web.Features.Comments;

/// <summary>Body of a comment.</summary>
internal sealed record CommentBodyText(string Text);

/// <summary>How many mentions were marked as read.</summary>
internal sealed record MentionsRead(int Count);

/// <summary>REST: comments on runs, and mentions in them.</summary>
internal static class CommentEndpoints
{
    private static readonly JsonObject Example = new() { ["text"] = "Slower since the new kernel, @Ada Lovelace. See https://example.org/notes" };

    public static void MapComments(this IEndpointRouteBuilder app)
    {
        var group = app.MapApi("/runs/{id:guid}/comments", "Comments");
        group.MapGet("", ListAsync).WithName("ListComments").WithSummary("Comments on a run, oldest first.")
            .Produces<ListResponse<CommentRow>>().ProducesProblem(StatusCodes.Status404NotFound);
        group.MapPost("", AddAsync).WithName("AddComment").WithSummary("Comment on a run. '@' and a member's name mentions them.")
            .Accepts<CommentBodyText>("application/json").WithBodyExample(Example).Produces<CommentRow>(StatusCodes.Status201Created).ProducesBodyProblems().ProducesProblem(StatusCodes.Status404NotFound);
        group.MapPatch("/{commentId:guid}", EditAsync).WithName("EditComment").WithSummary("Change a comment of one's own.")
            .Accepts<CommentBodyText>("application/json").WithBodyExample(Example).Produces<CommentRow>().ProducesBodyProblems().ProducesProblem(StatusCodes.Status404NotFound);
        group.MapDelete("/{commentId:guid}", DeleteAsync).WithName("DeleteComment").WithSummary("Delete a comment: one's own, or as an admin anybody's.")
            .Produces(StatusCodes.Status204NoContent).ProducesWriteProblems().ProducesProblem(StatusCodes.Status404NotFound);
        var mentions = app.MapApi("/mentions", "Comments");
        mentions.MapGet("", async (CommentStore store, CancellationToken cancellation) =>
            {
                var rows = await store.MentionsAsync(cancellation: cancellation);
                return TypedResults.Ok(new ListResponse<MentionRow>(rows, rows.Count));
            })
            .WithName("ListMentions").WithSummary("Where whoever asks is mentioned: the last 100, unread ones first. A key is nobody's name and has none.");
        mentions.MapPost("/read", async (CommentStore store, CancellationToken cancellation) => TypedResults.Ok(new MentionsRead(await store.ReadMentionsAsync(cancellation: cancellation))))
            .ForEachRole().WithName("ReadMentions").WithSummary("Mark all of one's mentions as read.");
    }

    private static async Task<IResult> ListAsync(Guid id, CommentStore store, RunStore runs, CancellationToken cancellation)
    {
        if ((await runs.KnownAsync([id], cancellation)).Count == 0)
            return ApiSetup.NotFound("run", id);
        var rows = await store.ListAsync(id, cancellation);
        return TypedResults.Ok(new ListResponse<CommentRow>(rows, rows.Count));
    }

    private static Task<IResult> AddAsync(Guid id, HttpRequest request, CommentStore store, CancellationToken cancellation) => WriteAsync(request, async text =>
        await store.AddAsync(id, text, cancellation) is { } comment ? TypedResults.Created($"{ApiSetup.Prefix}/runs/{id}/comments/{comment.Id}", comment) : ApiSetup.NotFound("run", id));

    private static Task<IResult> EditAsync(Guid id, Guid commentId, HttpRequest request, CommentStore store, CancellationToken cancellation) => WriteAsync(request, async text =>
        await store.EditAsync(id, commentId, text, cancellation) is { } comment ? TypedResults.Ok(comment) : ApiSetup.NotFound("comment", commentId));

    private static async Task<IResult> DeleteAsync(Guid id, Guid commentId, CommentStore store, CancellationToken cancellation)
    {
        try
        {
            return await store.DeleteAsync(id, commentId, cancellation) ? TypedResults.NoContent() : ApiSetup.NotFound("comment", commentId);
        }
        catch (CommentRefusedException refused)
        {
            return SpecProblem.Unprocessable("", refused.Message).ToResult();
        }
    }

    private static async Task<IResult> WriteAsync(HttpRequest request, Func<string, Task<IResult>> write)
    {
        var (body, problem) = await ApiBody.ReadAsync(request);
        if (body is null)
            return problem!.ToResult();
        if (body.Unknown("text") is { } unknown)
            return unknown.ToResult();
        if (body.Value<string>("text") is not { } text)
            return SpecProblem.Unprocessable("/text", "Send the comment as 'text'.").ToResult();
        try
        {
            return await write(text);
        }
        catch (CommentRefusedException refused)
        {
            return SpecProblem.Unprocessable("/text", refused.Message).ToResult();
        }
    }
}
