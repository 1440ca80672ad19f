using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Nodes;
using Brigade.Contracts.Spec;
using Brigade.Data.Queries;
using Brigade.Web.Features.Api;

namespace Brigade.Web.Features.Schedules;

/// <summary>Body of <c>POST /api/v1/schedules</c>; <c>PATCH</c> takes any of the last three.</summary>
/// <param name="Cron">Five fields, or a short form such as <c>@daily</c>.</param>
/// <param name="TimeZone">IANA name. Default: UTC.</param>
/// <param name="Enabled">Default: true.</param>
internal sealed record ScheduleBody(Guid ExperimentId, string Cron, string? TimeZone, bool? Enabled);

/// <param name="NextTimes">The next five times, in UTC; empty where it is paused.</param>
internal sealed record ScheduleResponse(
    Guid Id, Guid ExperimentId, string ExperimentName, string Cron, string TimeZone, bool Enabled, IReadOnlyList<DateTimeOffset> NextTimes, Guid? LastRunId, DateTimeOffset? LastRunAt,
    DateTimeOffset? SkippedAt, string? SkipReason, string CreatedBy, DateTimeOffset CreatedAt)
{
    public static ScheduleResponse Of(ScheduleRow row) => new(
        row.Id, row.ExperimentId, row.ExperimentName, row.Cron, row.TimeZone, row.IsEnabled, ScheduleTimes.Of(row, 5), row.LastRunId, row.LastRunAt, row.SkippedAt, row.SkipReason is { Length: > 0 } reason ? reason : null,
        row.CreatedBy, row.CreatedAt);
}

/// <summary>REST: runs by the clock.</summary>
internal static class ScheduleEndpoints
{
    private static readonly string[] Members = ["experimentId", "cron", "timeZone", "enabled"];

    public static void MapSchedules(this IEndpointRouteBuilder app)
    {
        var group = app.MapApi("/schedules", "Schedules");
        group.MapGet("", ListAsync).WithName("ListSchedules").WithSummary("Schedules of the workspace, by experiment.")
            .Produces<ListResponse<ScheduleResponse>>().ProducesProblem(StatusCodes.Status400BadRequest);
        group.MapPost("", CreateAsync).WithName("CreateSchedule").WithSummary("Run an experiment again and again, by the clock of a time zone.")
            .WithDescription("'cron' is minute, hour, day of the month, month and day of the week, for example '0 3 * * 1-5', or @daily and its kin.")
            .Accepts<ScheduleBody>("application/json").WithBodyExample(new JsonObject { ["experimentId"] = "01a20c34-f0e2-7ea4-a642-2a357692ffc3", ["cron"] = "0 3 * * *", ["timeZone"] = "Europe/Berlin" })
            .Produces<ScheduleResponse>(StatusCodes.Status201Created).ProducesBodyProblems().ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        group.MapGet("/{id:guid}", async (Guid id, ScheduleStore store, CancellationToken cancellation) =>
                await store.FindAsync(id, cancellation) is { } row ? TypedResults.Ok(ScheduleResponse.Of(row)) : ApiSetup.NotFound("schedule", id))
            .WithName("GetSchedule").WithSummary("One schedule.").Produces<ScheduleResponse>().ProducesProblem(StatusCodes.Status404NotFound);
        group.MapPatch("/{id:guid}", ChangeAsync).WithName("ChangeSchedule").WithSummary("Change when a schedule runs, pause it, or let it go on.")
            .Accepts<ScheduleBody>("application/json").WithBodyExample(new JsonObject { ["enabled"] = false })
            .Produces<ScheduleResponse>().ProducesBodyProblems().ProducesProblem(StatusCodes.Status404NotFound);
        group.MapDelete("/{id:guid}", async (Guid id, ScheduleStore store, CancellationToken cancellation) =>
                await store.DeleteAsync(id, cancellation) ? TypedResults.NoContent() : ApiSetup.NotFound("schedule", id))
            .WithName("DeleteSchedule").WithSummary("Delete a schedule; the runs that it began stay.").Produces(StatusCodes.Status204NoContent).ProducesWriteProblems().ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> ListAsync([Description("Only those of this experiment.")] string? experimentId, ScheduleStore store, CancellationToken cancellation)
    {
        var errors = new ParameterErrors();
        Guid? experiment = null;
        if (Guid.TryParse(experimentId, out var id))
            experiment = id;
        else if (!string.IsNullOrEmpty(experimentId))
            errors.Add("experimentId", $"'{experimentId}' is no id of an experiment.");
        if (errors.Any)
            return errors.ToResult();
        var rows = await store.ListAsync(experiment, cancellation);
        return TypedResults.Ok(new ListResponse<ScheduleResponse>([.. rows.Select(ScheduleResponse.Of)], rows.Count));
    }

    private static async Task<IResult> CreateAsync(HttpRequest request, ScheduleStore store, ExperimentStore experiments, TimeProvider time, CancellationToken cancellation)
    {
        var (body, problem) = await ApiBody.ReadAsync(request);
        if (body is null)
            return problem!.ToResult();
        if (body.Unknown(Members) is { } unknown)
            return unknown.ToResult();
        if (!Guid.TryParse(body.Value<string>("experimentId"), out var experiment))
            return SpecProblem.Unprocessable("/experimentId", "Say which experiment to run in 'experimentId'.").ToResult();
        var (asked, wrong) = Read(body, "", "UTC", isEnabled: true);
        if (asked is null)
            return wrong!.ToResult();
        if (await experiments.FindAsync(experiment, cancellation) is not { } row)
            return ApiSetup.NotFound("experiment", experiment);
        if (row.Spec.Workload.Imported is { } tool)
            return SpecProblem.Unprocessable("/experimentId", $"'{row.Name}' was imported from {tool}, so there is nothing that Brigade could run.").ToResult();
        return await store.CreateAsync(experiment, asked.Text.Cron, asked.Text.TimeZone, asked.IsEnabled, asked.Text.Next(time.GetUtcNow()), cancellation) is { } made
            ? TypedResults.Created($"{ApiSetup.Prefix}/schedules/{made.Id}", ScheduleResponse.Of(made))
            : TypedResults.Problem(title: "There are too many schedules.", detail: $"An experiment has at most {ScheduleStore.MostPerExperiment}. Delete one first.", statusCode: StatusCodes.Status409Conflict);
    }

    private static async Task<IResult> ChangeAsync(Guid id, HttpRequest request, ScheduleStore store, TimeProvider time, CancellationToken cancellation)
    {
        var (body, problem) = await ApiBody.ReadAsync(request);
        if (body is null)
            return problem!.ToResult();
        if (body.Unknown("cron", "timeZone", "enabled") is { } unknown)
            return unknown.ToResult();
        if (await store.FindAsync(id, cancellation) is not { } row)
            return ApiSetup.NotFound("schedule", id);
        var (asked, wrong) = Read(body, row.Cron, row.TimeZone, row.IsEnabled);
        if (asked is null)
            return wrong!.ToResult();
        return await store.ChangeAsync(id, asked.Text.Cron, asked.Text.TimeZone, asked.IsEnabled, asked.Text.Next(time.GetUtcNow()), cancellation) is { } changed
            ? TypedResults.Ok(ScheduleResponse.Of(changed))
            : ApiSetup.NotFound("schedule", id);
    }

    /// <summary>What a body says, and for what it does not say what there is.</summary>
    private static (Asked? Asked, SpecProblem? Problem) Read(ApiBody body, string cron, string timeZone, bool isEnabled)
    {
        var enabled = body.Value<JsonElement>("enabled");
        if (enabled.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.True or JsonValueKind.False))
            return (null, SpecProblem.Unprocessable("/enabled", "Say true or false."));
        var (text, problems) = CronText.Read(body.Has("cron") ? body.Value<string>("cron") ?? "" : cron, body.Has("timeZone") ? body.Value<string>("timeZone") ?? "" : timeZone);
        return text is null
            ? (null, SpecProblem.Unprocessable([.. problems.Select(problem => new SpecError("/" + problem.Field, problem.Message, problem.Column > 0 ? 1 : 0, problem.Column))]))
            : (new Asked(text, enabled.ValueKind == JsonValueKind.Undefined ? isEnabled : enabled.ValueKind == JsonValueKind.True), null);
    }

    private sealed record Asked(CronText Text, bool IsEnabled);
}
