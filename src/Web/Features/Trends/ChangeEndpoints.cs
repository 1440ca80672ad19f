using System.ComponentModel;
using System.Text.Json.Nodes;
using Brigade.Contracts.Spec;
using Brigade.Data.Entities;
using Brigade.Data.Queries;
using Brigade.Web.Features.Api;
using Microsoft.AspNetCore.Mvc;

namespace Brigade.Web.Features.Trends;

/// <summary>The query string of <c>GET /api/v1/changes</c>, as it was sent.</summary>
internal sealed record ChangeListQuery(
    [property: FromQuery, Description("Only these states, separated by commas: open, accepted, noise, withdrawn.")] string? State,
    [property: FromQuery, Description("Only changes of this experiment.")] string? ExperimentId,
    [property: FromQuery, Description("Goes on behind the last change of a page: the value of its 'next'.")] string? After,
    [property: FromQuery, Description("How many to answer, 1 to 200. Default: 25.")] string? Take)
{
    public (ChangeQuery Query, ParameterErrors Errors) Read()
    {
        var errors = new ParameterErrors();
        var states = (State ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(name => errors.Named<ChangeState>("state", name, "state")).OfType<ChangeState>().Distinct().ToList();
        Guid? experiment = null;
        if (Guid.TryParse(ExperimentId, out var id))
            experiment = id;
        else if (ExperimentId is { Length: > 0 })
            errors.Add("experimentId", $"'{ExperimentId}' is no id of an experiment.");
        var after = Cursor.Read(errors, "after", After) is var (at, place) ? new ChangePlace(at, place) : null;
        var take = errors.Number("take", Take, 25, 1, RunStore.MaximumPageSize);
        return (new ChangeQuery { States = states, ExperimentId = experiment, After = after, Take = take }, errors);
    }
}

/// <summary>A page of changes, newest first.</summary>
/// <param name="Next">What to send as <c>after</c> for the page behind this one; absent where there is none.</param>
internal sealed record ChangeListResponse(IReadOnlyList<ChangeRow> Items, string? Next);

/// <summary>What somebody says about a change.</summary>
internal sealed record ChangeBody(ChangeState State, string? Note);

/// <summary>REST: changes of level that were found in trends.</summary>
internal static class ChangeEndpoints
{
    public static void MapChanges(this IEndpointRouteBuilder app)
    {
        var group = app.MapApi("/changes", "Changes");
        group.MapGet("", ListAsync).WithName("ListChanges").WithSummary("Regressions and improvements that were found in the trends of experiments, newest first.")
            .Produces<ChangeListResponse>().ProducesProblem(StatusCodes.Status400BadRequest);
        group.MapGet("/{id:guid}", FindAsync).WithName("GetChange").WithSummary("One change.")
            .Produces<ChangeRow>().ProducesProblem(StatusCodes.Status404NotFound);
        group.MapPatch("/{id:guid}", DecideAsync).WithName("DecideChange").WithSummary("Accept a change, mark it as noise, or take that back.")
            .WithDescription("'state' is accepted (the new level is the normal one from then on), noise, or open (takes back what was said). 'note' is optional and says why.")
            .Accepts<ChangeBody>("application/json").WithBodyExample(new JsonObject { ["state"] = "accepted", ["note"] = "New compiler" })
            .Produces<ChangeRow>().ProducesBodyProblems().ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> ListAsync([AsParameters] ChangeListQuery query, ChangeStore store, CancellationToken cancellation)
    {
        var (read, errors) = query.Read();
        if (errors.Any)
            return errors.ToResult();
        var slice = await store.ListAsync(read, cancellation);
        return TypedResults.Ok(new ChangeListResponse(slice.Items, slice.HasMore ? Cursor.Of(slice.Items[^1].At, slice.Items[^1].Id) : null));
    }

    private static async Task<IResult> FindAsync(Guid id, ChangeStore store, CancellationToken cancellation) =>
        await store.FindAsync(id, cancellation) is { } change ? TypedResults.Ok(change) : ApiSetup.NotFound("change", id);

    private static async Task<IResult> DecideAsync(Guid id, HttpRequest request, ChangeStore store, CancellationToken cancellation)
    {
        var (body, problem) = await ApiBody.ReadAsync(request);
        if (body is null)
            return problem!.ToResult();
        if (body.Unknown("state", "note") is { } unknown)
            return unknown.ToResult();
        if (!EnumName.TryParse<ChangeState>(body.Value<string>("state") ?? "", out var state) || state == ChangeState.Withdrawn)
            return SpecProblem.Unprocessable("/state", "Say 'accepted', 'noise' or 'open'.").ToResult();
        var note = body.Value<string>("note");
        if ((note is null && body.Value<JsonNode>("note") is not null) || note?.Trim().Length > ChangeStore.LongestNote)
            return SpecProblem.Unprocessable("/note", $"A note is text of at most {ChangeStore.LongestNote} characters.").ToResult();
        return await store.DecideAsync(id, state, note, cancellation) is { } change ? TypedResults.Ok(change) : ApiSetup.NotFound("change", id);
    }
}
