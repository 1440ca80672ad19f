using System.ComponentModel;
using Brigade.Data.Errors;
using Brigade.Data.Queries;
using Brigade.Web.Features.Api;

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
            .Produces<ExperimentResponse>().ProducesProblem(StatusCodes.Status404NotFound);
        group.MapPut("/{id:guid}", UpdateAsync).WithName("ChangeExperiment").WithSummary("Store a new version of an experiment.")
            .WithDescription("'version' is the version that the change was made from; where the experiment has moved on, nothing is stored and the answer is 409.")
            .Accepts<ExperimentChangeBody>("application/json").WithBodyExample(SpecExamples.Change)
            .Produces<ExperimentResponse>().ProducesBodyProblems().ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        group.MapDelete("/{id:guid}", DeleteAsync).WithName("DeleteExperiment").WithSummary("Delete an experiment; its runs stay.")
            .Produces(StatusCodes.Status204NoContent).ProducesWriteProblems().ProducesProblem(StatusCodes.Status404NotFound);
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
            return TypedResults.Created($"{ApiSetup.Prefix}/experiments/{row.Id}", ExperimentResponse.Of(row));
        }
        catch (DuplicateNameException taken)
        {
            return SpecProblem.NameTaken(member is null ? "/name" : "/spec/name", taken.Message).ToResult();
        }
    }

    private static async Task<IResult> FindAsync(Guid id, ExperimentStore store, CancellationToken cancellation) =>
        await store.FindAsync(id, cancellation) is { } row ? TypedResults.Ok(ExperimentResponse.Of(row)) : ApiSetup.NotFound("experiment", id);

    private static async Task<IResult> UpdateAsync(Guid id, HttpRequest request, ExperimentStore store, CancellationToken cancellation)
    {
        var (body, problem) = await ApiBody.ReadAsync(request);
        if (body is null)
            return problem!.ToResult();
        if (body.Unknown("version", "spec") is { } unknown)
            return unknown.ToResult();
        var version = body.Value<int>("version");
        if (version <= 0)
            return SpecProblem.Unprocessable("/version", "Say in 'version', as a whole number from 1, which version the change was made from.").ToResult();
        if (!body.Has("spec"))
            return SpecProblem.Unprocessable("/spec", "Send the changed spec as 'spec'.").ToResult();
        var reading = body.Spec("spec");
        if (!reading.IsValid)
            return SpecProblem.Unprocessable(reading.Errors).ToResult();
        try
        {
            if (await store.UpdateAsync(id, reading.Spec!, version, cancellation) is { } row)
                return TypedResults.Ok(ExperimentResponse.Of(row));
        }
        catch (DuplicateNameException taken)
        {
            return SpecProblem.NameTaken("/spec/name", taken.Message).ToResult();
        }

        return await store.FindAsync(id, cancellation) is { } current
            ? TypedResults.Problem(
                title: "The experiment has changed meanwhile.",
                detail: $"It is at version {current.Version}, the change was made from version {version}. Read it again and repeat the change.",
                statusCode: StatusCodes.Status409Conflict)
            : ApiSetup.NotFound("experiment", id);
    }

    private static async Task<IResult> DeleteAsync(Guid id, ExperimentStore store, CancellationToken cancellation) =>
        await store.DeleteAsync(id, cancellation) ? TypedResults.NoContent() : ApiSetup.NotFound("experiment", id);
}
