using System.ComponentModel;
using System.Globalization;
using Brigade.Analysis.Importing;
using Brigade.Contracts.Spec;
using Brigade.Data.Errors;
using Brigade.Data.Queries;
using Brigade.Web.Features.Api;
using Microsoft.AspNetCore.Mvc;

namespace Brigade.Web.Features.Imports;

/// <summary>The query string of an import, as it was sent.</summary>
internal sealed record ImportQuery(
    [property: FromQuery, Description("The tool: pytest-benchmark, benchmarkdotnet, hyperfine, k6 or locust. Default: recognised.")] string? Tool,
    [property: FromQuery, Description("The experiment that the run belongs to. Default: as the file says, or is called.")] string? Name,
    [property: FromQuery, Description("When it was measured (ISO 8601), where the file does not tell or is wrong. Default: as the file says, else now.")] string? At,
    [property: FromQuery, Description("What the file is called, where the body does not say.")] string? FileName,
    [property: FromQuery, Description("true: only tell what would be imported.")] string? Preview,
    [property: FromQuery, Description("true: import a file that its experiment has already once more.")] string? Again);

/// <summary>REST: results of other tools.</summary>
internal static class ImportEndpoints
{
    public static void MapImports(this IEndpointRouteBuilder app)
    {
        var group = app.MapApi("/imports", "Imports");
        group.MapPost("", ImportAsync).WithName("ImportResults").WithSummary("Import results of another tool as a run.")
            .WithDescription("Send the tool's file as the body, or as the one file of a multipart form. Nothing is stored unless all of it is. Errors name the place by JSON pointer or column, and line.")
            .Accepts<byte[]>("application/octet-stream", "application/json", "text/csv", "multipart/form-data", "application/x-www-form-urlencoded")
            .Produces<ImportResponse>(StatusCodes.Status201Created).Produces<ImportResponse>().ProducesBodyProblems().ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<IResult> ImportAsync([AsParameters] ImportQuery query, HttpRequest request, ImportStore store, TimeProvider time, CancellationToken cancellation)
    {
        var errors = new ParameterErrors();
        var now = time.GetUtcNow();
        var (tool, at, isPreview, isAgain) = Read(query, now, errors);
        if (errors.Any)
            return errors.ToResult();
        var (upload, problem) = await ImportUpload.ReadAsync(request, query.FileName);
        if (upload is null)
            return problem!.ToResult();
        var reading = Importers.Read(upload.FileName, upload.Content, tool);
        if (reading.Run is not { } run)
        {
            var wrong = reading.Problem!;
            return SpecProblem.Unprocessable([new SpecError(wrong.Place, wrong.Message, wrong.Line, wrong.Column)]).ToResult();
        }

        var measuredAt = ImportedFile.MeasuredAt(run, at, now);
        var import = ImportedFile.Of(run, query.Name, measuredAt, now) with { ContentHash = isAgain ? "" : ImportedFile.HashOf(upload.Content) };
        if (isPreview)
            return TypedResults.Ok(ImportResponse.Of(run, import.Spec.Name, measuredAt));
        try
        {
            var row = await store.ImportAsync(import, cancellation);
            return TypedResults.Created($"{ApiSetup.Prefix}/runs/{row.Id}", ImportResponse.Of(run, row.Name, measuredAt, row));
        }
        catch (ImportNameException taken)
        {
            return SpecProblem.NameTaken("/name", taken.Message).ToResult();
        }
        catch (AlreadyImportedException again)
        {
            var earlier = $"{ApiSetup.Prefix}/runs/{again.Earlier.Id}";
            return TypedResults.Problem(
                title: "This file was imported before.", detail: $"{again.Message} It is {earlier}; add again=true to import it anyway.", statusCode: StatusCodes.Status409Conflict,
                extensions: new Dictionary<string, object?>(StringComparer.Ordinal) { ["runId"] = again.Earlier.Id, ["run"] = earlier });
        }
    }

    private static (IImporter? Tool, DateTimeOffset? At, bool IsPreview, bool IsAgain) Read(ImportQuery query, DateTimeOffset now, ParameterErrors errors)
    {
        var tool = string.IsNullOrEmpty(query.Tool) ? null : Importers.Find(query.Tool);
        if (tool is null && !string.IsNullOrEmpty(query.Tool))
            errors.Add("tool", $"'{query.Tool}' is no tool that can be imported. Use one of {Importers.Names}.");
        DateTimeOffset? at = null;
        if (DateTimeOffset.TryParse(query.At, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var parsed) && ImportedFile.CanBe(parsed, now))
            at = parsed;
        else if (!string.IsNullOrEmpty(query.At))
            errors.Add("at", $"'{query.At}' is no time of a measurement; write it like 2026-11-24T09:30:00Z, from the year 2000 until now.");
        if (query.Preview is not (null or "" or "true" or "false"))
            errors.Add("preview", $"'{query.Preview}' is neither true nor false.");
        if (query.Again is not (null or "" or "true" or "false"))
            errors.Add("again", $"'{query.Again}' is neither true nor false.");
        return (tool, at, query.Preview is "true", query.Again is "true");
    }
}
