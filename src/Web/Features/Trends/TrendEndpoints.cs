using System.ComponentModel;
using System.Globalization;
using System.Text.Json.Nodes;
using Brigade.Data.Queries;
using Brigade.Web.Features.Api;
using Microsoft.AspNetCore.Mvc;

namespace Brigade.Web.Features.Trends;

/// <summary>The query string of a trend, as it was sent.</summary>
internal sealed record TrendQuery(
    [property: FromQuery, Description("Keys of cells, separated by commas, at most 6. Default: the first cell of the last run. The answer names all cells.")] string? Cell,
    [property: FromQuery, Description("throughput (default), p50, p99 or errors.")] string? Metric,
    [property: FromQuery, Description("30d, 90d (default), year or all.")] string? Range)
{
    public (IReadOnlyList<string> Cells, TrendMetric Metric, TrendRange Range, ParameterErrors Errors) Read()
    {
        var errors = new ParameterErrors();
        var cells = (Cell ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (cells.Length > TrendReader.MostCells)
            errors.Add("cell", $"Ask for at most {TrendReader.MostCells} cells at once.");
        var metric = string.IsNullOrEmpty(Metric) ? TrendMetric.Throughput : errors.Named<TrendMetric>("metric", Metric, "figure of a trend");
        var range = string.IsNullOrEmpty(Range) ? TrendRange.Default : TrendRange.Find(Range);
        if (range is null)
            errors.Add("range", $"'{Range}' is no range. Use {string.Join(", ", TrendRange.All.Select(known => known.Key))}.");
        return (cells, metric ?? default, range ?? TrendRange.Default, errors);
    }
}

/// <summary>The body of a new annotation.</summary>
internal sealed record AnnotationBody(string Text, DateTimeOffset? At);

/// <summary>REST: trends of experiments and what people wrote beside them.</summary>
internal static class TrendEndpoints
{
    public static void MapTrends(this IEndpointRouteBuilder app)
    {
        var group = app.MapApi("/experiments/{id:guid}", "Trends");
        group.MapGet("/trend", TrendAsync).WithName("GetTrend").WithSummary("How a figure of an experiment's cells went from run to run.")
            .WithDescription("A series for each cell and machine, oldest point first, with 95 % intervals and the bands in which figures are expected; and the changes and annotations of that time.")
            .Produces<TrendView>().ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound);
        group.MapGet("/annotations", ListAsync).WithName("ListAnnotations").WithSummary("The annotations of an experiment by moment; the newest 500.")
            .Produces<IReadOnlyList<AnnotationRow>>().ProducesProblem(StatusCodes.Status404NotFound);
        group.MapPost("/annotations", AnnotateAsync).WithName("Annotate").WithSummary("Write something beside an experiment's history.")
            .WithDescription("'at' is the moment that it is about; without it, now.")
            .Accepts<AnnotationBody>("application/json").WithBodyExample(new JsonObject { ["text"] = "Upgraded to Python 3.12", ["at"] = "2026-03-01T12:00:00Z" })
            .Produces<AnnotationRow>(StatusCodes.Status201Created).ProducesBodyProblems().ProducesProblem(StatusCodes.Status404NotFound);
        group.MapDelete("/annotations/{annotationId:guid}", DeleteAsync).WithName("DeleteAnnotation").WithSummary("Delete an annotation.")
            .Produces(StatusCodes.Status204NoContent).ProducesWriteProblems().ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> TrendAsync(Guid id, [AsParameters] TrendQuery query, TrendReader reader, CancellationToken cancellation)
    {
        var (cells, metric, range, errors) = query.Read();
        if (errors.Any)
            return errors.ToResult();
        if (await reader.ReadAsync(id, cells, metric, range, cancellation) is not { } view)
            return ApiSetup.NotFound("experiment", id);
        if (cells.FirstOrDefault(cell => view.Cells.All(known => !string.Equals(known.Key, cell, StringComparison.Ordinal))) is { } missing)
        {
            errors.Add("cell", $"No ended run of this experiment has a cell '{missing}'. Ask without 'cell' for the keys of all.");
            return errors.ToResult();
        }

        return TypedResults.Ok(view);
    }

    private static async Task<IResult> ListAsync(Guid id, TrendStore store, ExperimentStore experiments, CancellationToken cancellation) =>
        await experiments.NameAsync(id, cancellation) is null ? ApiSetup.NotFound("experiment", id) : TypedResults.Ok(await store.AnnotationsAsync(id, cancellation));

    private static async Task<IResult> AnnotateAsync(Guid id, HttpRequest request, TrendStore store, TimeProvider time, CancellationToken cancellation)
    {
        var (body, problem) = await ApiBody.ReadAsync(request);
        if (body is null)
            return problem!.ToResult();
        if (body.Unknown("text", "at") is { } unknown)
            return unknown.ToResult();
        var text = (body.Value<string>("text") ?? "").Trim();
        if (text.Length is 0 or > TrendStore.LongestAnnotation)
            return SpecProblem.Unprocessable("/text", $"Say in 'text' what happened, in 1 to {TrendStore.LongestAnnotation} characters.").ToResult();
        var at = time.GetUtcNow();
        if (body.Has("at") && !DateTimeOffset.TryParse(body.Value<string>("at"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out at))
            return SpecProblem.Unprocessable("/at", "This is no moment. Write it like 2026-03-01T12:00:00Z.").ToResult();
        var row = await store.AnnotateAsync(id, at, text, cancellation);
        return TypedResults.Created($"{ApiSetup.Prefix}/experiments/{id}/annotations", row);
    }

    private static async Task<IResult> DeleteAsync(Guid id, Guid annotationId, TrendStore store, CancellationToken cancellation) =>
        await store.DeleteAnnotationAsync(id, annotationId, cancellation) ? TypedResults.NoContent() : ApiSetup.NotFound("annotation", annotationId);
}
