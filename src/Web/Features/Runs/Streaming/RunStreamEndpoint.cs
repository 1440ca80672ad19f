using System.ComponentModel;
using Brigade.Data.Queries;
using Brigade.Web.Access.Sessions;
using Brigade.Web.Features.Api;
using Brigade.Web.Features.Api.Limits;
using Brigade.Web.Live;
using Microsoft.AspNetCore.Mvc;

namespace Brigade.Web.Features.Runs.Streaming;

/// <summary>REST: a run as it happens, as server-sent events.</summary>
internal static class RunStreamEndpoint
{
    private const string Example =
        """
        event: run
        data: {"status":"running","reason":"","trials":2,"trialsEnded":0,"currentTrial":0,"startedAt":"2026-11-24T09:10:02+00:00"}

        event: trial
        data: {"index":0,"status":"running","startupMs":21.4}

        event: frame
        data: {"trial":0,"number":0,"durationMs":100,"tasks":41,"errors":0,"p50Ms":2.3,"p95Ms":3.1,"p99Ms":4.2,…}
        id: :0:0

        event: trial
        data: {"index":0,"status":"completed","startupMs":21.4,"result":{…}}
        id: 0:0:0

        event: run
        data: {"status":"completed","reason":"","trials":1,"trialsEnded":1,…}
        id: end

        """;

    public static void MapRunStream(this IEndpointRouteBuilder runs) =>
        runs.MapGet("/{id:guid}/events", ReadAsync).WithMetadata(new LongAnswer()).WithName("GetRunEvents").WithSummary("A run as it happens: server-sent events of its status, trials and frames.")
            .WithDescription(
                "The events are 'run' (status and progress), 'plan' (machine and trials), 'trial' (one that starts, is measured or has ended) and 'frame' (100 ms; of what lies back more than half a minute, longer). "
                + "The first answer tells all that is known of the run; the stream ends with the run. After a cut, send the id of the last event as 'Last-Event-ID': what came before it is not sent again, but for 'run' and 'plan'. "
                + "204 where the last event was received already. Something is sent every 15 seconds at least.")
            .Produces<string>(StatusCodes.Status200OK, "text/event-stream").WithAnswerExample(System.Text.Json.Nodes.JsonValue.Create(Example))
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> ReadAsync(
        Guid id,
        [Description("false leaves the frames out. Default: true.")] string? frames,
        [FromHeader(Name = "Last-Event-ID"), Description("The id of the last event that was received, to go on behind it.")] string? lastEventId,
        HttpContext http, RunStore store, ILiveRuns live, OpenSessions sessions, IHostApplicationLifetime lifetime, TimeProvider time, CancellationToken cancellation)
    {
        var errors = new ParameterErrors();
        if (frames is not (null or "" or "true" or "false"))
            errors.Add("frames", $"'{frames}' is neither true nor false.");
        var position = StreamPosition.Parse(lastEventId ?? "");
        if (position is null)
            errors.Add("Last-Event-ID", "This is no id of an event of a run. Send it as it was received, or leave it out to begin at the beginning.");
        if (errors.Any)
            return errors.ToResult();

        // The feed is shared by all readers of this node; whether this one may see the run, its store says.
        if (await store.FindAsync(id, cancellation) is null || await live.WatchAsync(id, cancellation) is not { } viewer)
            return ApiSetup.NotFound("run", id);
        if (!position!.IsAtEnd)
            return TypedResults.ServerSentEvents(new RunEventStream(viewer, position, frames is not "false", time, WhileSignedIn(http, sessions, lifetime.ApplicationStopping)).ReadAsync(CancellationToken.None));
        await viewer.DisposeAsync();
        return TypedResults.NoContent();
    }

    /// <summary>Fires when the server stops, or when the session or the key that asked ends.</summary>
    private static CancellationToken WhileSignedIn(HttpContext http, OpenSessions sessions, CancellationToken stopping)
    {
        var ended = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        http.Response.RegisterForDispose(ended);
        http.Response.RegisterForDispose(sessions.Add(http.User, () =>
        {
            try
            {
                ended.Cancel();
            }
            catch (ObjectDisposedException)
            {
                // The stream had come to its end by itself.
            }
        }));
        return ended.Token;
    }
}
