using System.ComponentModel;
using Brigade.Contracts.Spec;
using Brigade.Data.Errors;
using Brigade.Data.Queries;
using Brigade.Web.Features.Api;
using Brigade.Web.Features.Api.Repeats;

namespace Brigade.Web.Features.Experiments;

/// <summary>REST: stored experiments.</summary>
internal static class ExperimentEndpoints
{
    public static void MapExperiments(this IEndpointRouteBuilder app)
    {
        var group = app.MapApi("/experiments", "Experiments");
        group.MapGet("", ListAsync).WithName("ListExperiments").WithSummary("Experiments by name, with paging.")
            .Produces<ListResponse<ExperimentResponse>>().ProducesProblem(StatusCodes.Status400BadRequest);
        group.MapPost("", CreateAsync).WithName("CreateExperiment").WithSummary("Store an experiment.")
            .WithDescription("The body is {\"spec\": {…}}, or the spec itself. Errors name the place by JSON pointer, line and column.")
            .Accepts<ExperimentBody>("application/json").WithBodyExample(SpecExamples.Experiment)
            .Produces<ExperimentResponse>(StatusCodes.Status201Created).ProducesBodyProblems().ProducesProblem(StatusCodes.Status409Conflict);
        group.MapGet("/{id:guid}", FindAsync).WithName("GetExperiment").WithSummary("One experiment with its spec.")
            .WithDescription("'ETag' is its version; with that as 'If-None-Match' the answer is 304 while it is the same.")
            .Produces<ExperimentResponse>().Produces(StatusCodes.Status304NotModified).ProducesProblem(StatusCodes.Status404NotFound);
        group.MapPut("/{id:guid}", UpdateAsync).WithName("ChangeExperiment").WithSummary("Store a new version of an experiment.")
            .WithDescription("Say which version the change was made from: by its ETag as 'If-Match' (412 where the experiment has moved on), or as 'version' in the body (409). Then nothing is stored.")
            .Accepts<ExperimentChangeBody>("application/json").WithBodyExample(SpecExamples.Change)
            .Produces<ExperimentResponse>().ProducesBodyProblems().ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status412PreconditionFailed);
        group.MapDelete("/{id:guid}", DeleteAsync).WithName("DeleteExperiment").WithSummary("Delete an experiment; its runs stay.")
            .WithDescription("With 'If-Match' only as long as it is at that version.")
            .Produces(StatusCodes.Status204NoContent).ProducesWriteProblems().ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status412PreconditionFailed);
    }

    private static async Task<IResult> ListAsync(
        [AsParameters] PageQuery query, [Description("Only the one of this name; upper and lower case are the same.")] string? name, ExperimentStore store, CancellationToken cancellation)
    {
        var errors = new ParameterErrors();
        var (skip, take) = query.Read(errors);
        if (errors.Any)
            return errors.ToResult();
        if (!string.IsNullOrEmpty(name))
        {
            IReadOnlyList<ExperimentResponse> found = await store.FindAsync(name, cancellation) is { } row ? [ExperimentResponse.Of(row)] : [];
            return TypedResults.Ok(new ListResponse<ExperimentResponse>(found, found.Count));
        }

        var page = await store.ListAsync(skip, take, cancellation);
        return TypedResults.Ok(new ListResponse<ExperimentResponse>([.. page.Items.Select(ExperimentResponse.Of)], page.Total));
    }

    private static async Task<IResult> CreateAsync(HttpRequest request, ExperimentStore store, CancellationToken cancellation)
    {
        var (body, problem) = await ApiBody.ReadAsync(request);
        if (body is null)
            return problem!.ToResult();
        if (body.Has("spec") && body.Unknown("spec") is { } unknown)
            return unknown.ToResult();
        var member = body.Has("spec") ? "spec" : null;
        var reading = body.Spec(member);
        if (!reading.IsValid)
            return SpecProblem.Unprocessable(reading.Errors).ToResult();
        try
        {
            var row = await store.CreateAsync(reading.Spec!, cancellation);
            EntityTag.Tell(request.HttpContext, row.Version);
            return TypedResults.Created($"{ApiSetup.Prefix}/experiments/{row.Id}", ExperimentResponse.Of(row));
        }
        catch (DuplicateNameException taken)
        {
            return SpecProblem.NameTaken(member is null ? "/name" : "/spec/name", taken.Message).ToResult();
        }
    }

    private static async Task<IResult> FindAsync(Guid id, HttpContext http, ExperimentStore store, CancellationToken cancellation) =>
        await store.FindAsync(id, cancellation) is { } row ? EntityTag.Answer(http, row.Version, ExperimentResponse.Of(row)) : ApiSetup.NotFound("experiment", id);

    private static async Task<IResult> UpdateAsync(Guid id, HttpRequest request, ExperimentStore store, CancellationToken cancellation)
    {
        var (body, problem) = await ApiBody.ReadAsync(request);
        if (body is null)
            return problem!.ToResult();
        if (body.Unknown("version", "spec") is { } unknown)
            return unknown.ToResult();
        int? version = body.Has("version") ? body.Value<int>("version") : null;
        if (version <= 0 || (version is null && !EntityTag.HasCondition(request)))
            return SpecProblem.Unprocessable("/version", "Say in 'version', as a whole number from 1, which version the change was made from, or send its ETag as the header If-Match.").ToResult();
        if (!body.Has("spec"))
            return SpecProblem.Unprocessable("/spec", "Send the changed spec as 'spec'.").ToResult();
        var reading = body.Spec("spec");
        if (!reading.IsValid)
            return SpecProblem.Unprocessable(reading.Errors).ToResult();
        try
        {
            return EntityTag.HasCondition(request)
                ? await UpdateMatchedAsync(id, reading.Spec!, version, request, store, cancellation)
                : await store.UpdateAsync(id, reading.Spec!, version!.Value, cancellation) is { } row ? Changed(request, row)
                : await store.FindAsync(id, cancellation) is { } current ? Moved(current, version.Value)
                : ApiSetup.NotFound("experiment", id);
        }
        catch (DuplicateNameException taken)
        {
            return SpecProblem.NameTaken("/spec/name", taken.Message).ToResult();
        }
    }

    /// <summary>Stores a change of whichever version the header admits; where it moves between the look and the change, the header decides anew.</summary>
    private static async Task<IResult> UpdateMatchedAsync(Guid id, ExperimentSpec spec, int? version, HttpRequest request, ExperimentStore store, CancellationToken cancellation)
    {
        while (await store.FindAsync(id, cancellation) is { } seen)
        {
            if (!EntityTag.Holds(request, seen.Version))
                return EntityTag.Failed("experiment");
            if (version is { } from && from != seen.Version)
                return Moved(seen, from);
            if (await store.UpdateAsync(id, spec, seen.Version, cancellation) is { } row)
                return Changed(request, row);
        }

        return ApiSetup.NotFound("experiment", id);
    }

    private static IResult Changed(HttpRequest request, ExperimentRow row)
    {
        EntityTag.Tell(request.HttpContext, row.Version);
        return TypedResults.Ok(ExperimentResponse.Of(row));
    }

    private static IResult Moved(ExperimentRow current, int from) => TypedResults.Problem(
        title: "The experiment has changed meanwhile.",
        detail: $"It is at version {current.Version}, the change was made from version {from}. Read it again and repeat the change.",
        statusCode: StatusCodes.Status409Conflict);

    private static async Task<IResult> DeleteAsync(Guid id, HttpRequest request, ExperimentStore store, CancellationToken cancellation)
    {
        if (!EntityTag.HasCondition(request))
            return await store.DeleteAsync(id, version: null, cancellation) ? TypedResults.NoContent() : ApiSetup.NotFound("experiment", id);
        while (await store.FindAsync(id, cancellation) is { } seen)
        {
            if (!EntityTag.Holds(request, seen.Version))
                return EntityTag.Failed("experiment");
            if (await store.DeleteAsync(id, seen.Version, cancellation))
                return TypedResults.NoContent();
        }

        return ApiSetup.NotFound("experiment", id);
    }
}
