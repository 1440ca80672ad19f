using System.ComponentModel;
using System.Text.Json;
using Brigade.Analysis;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;
using Brigade.Data;
using Brigade.Data.Queries;
using Brigade.Web.Cluster;
using Brigade.Web.Features.Api;
using Brigade.Web.Features.Runs.Crossover;
using Brigade.Web.Features.Runs.Guessing;
using Brigade.Web.Features.Runs.Streaming;

namespace Brigade.Web.Features.Runs;

/// <summary>REST: runs.</summary>
internal static class RunEndpoints
{
    public static void MapRuns(this IEndpointRouteBuilder app)
    {
        var group = app.MapApi("/runs", "Runs");
        group.MapPost("", SubmitAsync).WithName("SubmitRun").WithSummary("Queue a run of a spec or of a stored experiment.")
            .WithDescription("The body is {\"spec\": {…}} or {\"experimentId\": \"…\"}, and may have a \"guess\" of what will win. Follow the run at the address in 'Location'.")
            .Accepts<RunBody>("application/json").WithBodyExample(SpecExamples.Experiment)
            .Produces<RunSubmitted>(StatusCodes.Status202Accepted).ProducesBodyProblems().ProducesProblem(StatusCodes.Status404NotFound);
        group.MapGet("", ListAsync).WithName("ListRuns").WithSummary("Runs, newest first, with filter, order and paging.")
            .WithDescription("'total' is counted as far as 1000. With the value of 'next' as 'after' the list goes on.")
            .Produces<ListResponse<RunRow>>().ProducesProblem(StatusCodes.Status400BadRequest);
        group.MapGet("/{id:guid}", FindAsync).WithName("GetRun").WithSummary("One run: status, spec, machine and plan.")
            .WithDescription("With 'wait' the answer comes when the run has ended, or after that many seconds with the status that it has then: ask again until it has ended.")
            .Produces<RunResponse>().ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound);
        group.MapGet("/{id:guid}/result", ResultAsync).WithName("GetRunResult").WithSummary("What was measured: trials, cells, findings, advice.")
            .WithDescription("While the run is not over, the result is of the trials that have ended. 409 until the run has started.")
            .Produces<RunResult>().ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        group.MapGet("/{id:guid}/frames", FramesAsync).WithName("GetRunFrames").WithSummary("The stored frames of 100 ms, by trial and number.")
            .WithDescription("The answer is sent while it is read and may be large; ask trial by trial with 'trial'.")
            .Produces<IReadOnlyList<Frame>>().ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound);
        group.MapRunStream();
        group.MapCrossover();
        group.MapPost("/{id:guid}/cancel", CancelAsync).WithName("CancelRun").WithSummary("Cancel a run at any moment; an ended run stays as it is.")
            .Produces<RunSubmitted>(StatusCodes.Status202Accepted).ProducesWriteProblems().ProducesProblem(StatusCodes.Status404NotFound);
        group.MapDelete("/{id:guid}", DeleteAsync).WithName("DeleteRun").WithSummary("Delete an ended run with all that was measured; not one that is a baseline.")
            .Produces(StatusCodes.Status204NoContent).ProducesWriteProblems().ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<IResult> SubmitAsync(HttpRequest request, IControlPlane plane, ExperimentStore experiments, RunStore runs, CancellationToken cancellation)
    {
        var (body, problem) = await ApiBody.ReadAsync(request);
        if (body is null)
            return problem!.ToResult();
        if (body.Unknown("spec", "experimentId", "guess") is { } unknown)
            return unknown.ToResult();
        if (body.Has("spec") == body.Has("experimentId"))
            return SpecProblem.Unprocessable("", "Send either 'spec' or 'experimentId'.").ToResult();

        Guid? experimentId = null;
        ExperimentSpec spec;
        if (body.Has("experimentId"))
        {
            if (!Guid.TryParse(body.Value<string>("experimentId"), out var id))
                return SpecProblem.Unprocessable("/experimentId", "This is no id of an experiment.").ToResult();
            if (await experiments.FindAsync(id, cancellation) is not { } experiment)
                return ApiSetup.NotFound("experiment", id);
            if (experiment.Spec.Workload.Imported is { } tool)
                return SpecProblem.Unprocessable("/experimentId", $"'{experiment.Name}' was imported from {tool}, so there is nothing that Brigade could run. Import its next results instead.").ToResult();
            (experimentId, spec) = (id, experiment.Spec);
        }
        else
        {
            var reading = body.Spec("spec");
            if (!reading.IsValid)
                return SpecProblem.Unprocessable(reading.Errors).ToResult();
            spec = reading.Spec!;
        }

        var (guess, wrong) = body.Has("guess") ? GuessReading.Read(body.Value<JsonElement>("guess"), spec, "/guess") : (null, []);
        if (wrong.Count > 0)
            return SpecProblem.Unprocessable(wrong).ToResult();
        var run = await plane.SubmitAsync(spec, experimentId, cancellation);
        if (guess is not null)
            await runs.GuessAsync(run.Id, GuessReading.Write(guess), cancellation);
        return TypedResults.Accepted($"{ApiSetup.Prefix}/runs/{run.Id}", new RunSubmitted(run.Id, run.Status));
    }

    private static async Task<IResult> ListAsync([AsParameters] RunListQuery query, RunStore store, IWorkspaceScope me, CancellationToken cancellation)
    {
        var (read, errors) = query.Read(me.ActorId);
        if (read is null)
            return errors.ToResult();
        var page = await store.ListAsync(read, cancellation);
        var next = read.Sort == RunSort.Queued && page.Items.Count == read.Take ? Cursor.Of(page.Items[^1].QueuedAt, page.Items[^1].Id) : null;
        return TypedResults.Ok(new ListResponse<RunRow>(page.Items, page.Total) { Next = next });
    }

    private static async Task<IResult> FindAsync(
        Guid id, [Description("Seconds to wait for the end of the run, at most 60. Default: 0.")] string? wait, RunStore store, RunWait end, CancellationToken cancellation)
    {
        var errors = new ParameterErrors();
        var seconds = errors.Number("wait", wait, 0, 0, RunWait.MostSeconds);
        if (errors.Any)
            return errors.ToResult();
        var run = await store.FindAsync(id, cancellation);
        if (seconds > 0 && run is not null && !run.Row.Status.IsTerminal())
        {
            await end.UntilEndedAsync(id, TimeSpan.FromSeconds(seconds), cancellation);
            run = await store.FindAsync(id, cancellation);
        }

        return run is null ? ApiSetup.NotFound("run", id) : TypedResults.Ok(RunResponse.Of(run));
    }

    private static async Task<IResult> ResultAsync(Guid id, RunStore store, CancellationToken cancellation)
    {
        if (await store.FindAsync(id, cancellation) is not { } run)
            return ApiSetup.NotFound("run", id);
        if (run.Plan is null || run.Machine is null)
        {
            return TypedResults.Problem(
                title: "There is no result.",
                detail: run.Row.Status.IsTerminal() ? $"The run ended before it measured anything. {run.Row.Reason}" : "The run has not started yet. Ask again when its status is 'running' or later.",
                statusCode: StatusCodes.Status409Conflict);
        }

        var trials = await store.TrialsAsync(id, cancellation);
        return TypedResults.Ok(ResultBuilder.Build(run.Spec, run.Row.Status, run.Machine, run.Plan, trials));
    }

    private static async Task<IResult> FramesAsync(
        Guid id, [Description("Only the frames of the trial with this index. Default: of all trials.")] string? trial, RunStore store, CancellationToken cancellation)
    {
        var errors = new ParameterErrors();
        var index = errors.Number<int?>("trial", trial, absent: null, least: 0);
        if (errors.Any)
            return errors.ToResult();
        return await store.FindAsync(id, cancellation) is null ? ApiSetup.NotFound("run", id) : TypedResults.Ok(Frames(store.SegmentsAsync(id, index, cancellation: cancellation)));
    }

    // Written as they are read: the frames of a long run are larger than memory.
    private static async IAsyncEnumerable<Frame> Frames(IAsyncEnumerable<IReadOnlyList<Frame>> segments)
    {
        await foreach (var segment in segments)
        {
            foreach (var frame in segment)
                yield return frame;
        }
    }

    private static async Task<IResult> CancelAsync(Guid id, IControlPlane plane, RunStore store, CancellationToken cancellation) =>
        await plane.CancelAsync(id, cancellation) && await store.FindAsync(id, cancellation) is { } run
            ? TypedResults.Accepted($"{ApiSetup.Prefix}/runs/{id}", new RunSubmitted(id, run.Row.Status))
            : ApiSetup.NotFound("run", id);

    private static async Task<IResult> DeleteAsync(Guid id, RunStore store, BaselineStore baselines, CancellationToken cancellation)
    {
        if (await store.DeleteAsync(id, cancellation))
            return TypedResults.NoContent();
        if (await baselines.OfRunAsync(id, cancellation) is [var baseline, ..])
        {
            return TypedResults.Problem(
                title: "The run is a baseline.",
                detail: $"Later runs are compared with it. Take the baseline away first (DELETE {ApiSetup.Prefix}/experiments/{baseline.ExperimentId}/baselines{(baseline.Tag.Length > 0 ? "/" + Uri.EscapeDataString(baseline.Tag) : "")}), or pin another run in its place.",
                statusCode: StatusCodes.Status409Conflict);
        }

        return await store.FindAsync(id, cancellation) is { } run
            ? TypedResults.Problem(title: "The run has not ended.", detail: $"It is {run.Row.Status.ToString().ToLowerInvariant()}. Cancel it first.", statusCode: StatusCodes.Status409Conflict)
            : ApiSetup.NotFound("run", id);
    }
}
