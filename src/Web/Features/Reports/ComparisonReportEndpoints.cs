using System.ComponentModel;
using System.Text;
using Brigade.Analysis.Reports.Comparisons;
using Brigade.Web.Features.Api;
using Brigade.Web.Features.Compare;

namespace Brigade.Web.Features.Reports;

/// <summary>REST: comparisons as files.</summary>
internal static class ComparisonReportEndpoints
{
    public static void MapComparisonReports(this IEndpointRouteBuilder app) =>
        app.MapApi("/comparisons", "Comparisons").MapGet("/export", ExportAsync).WithName("ExportComparison").WithSummary("A comparison as a file: HTML, Markdown, CSV or JSON.")
            .WithDescription("What is compared is said as for 'CompareRuns'. The answer names the file in 'Content-Disposition'.")
            .Produces(StatusCodes.Status200OK, contentType: "text/html", additionalContentTypes: ["text/markdown", "text/csv", "application/json"])
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);

    private static async Task<IResult> ExportAsync(
        [Description("Ids of 1 to 8 runs, separated by commas; the first one is what the others are compared with.")] string? runs,
        [Description("Numbers of cells in the plan of the first run, from 0, separated by commas. Default: all. With one run: 2 to 8 cells to compare with each other.")] string? cells,
        [Description("The format: html, markdown, csv or json.")] string? @as,
        Comparisons comparisons,
        CancellationToken cancellation)
    {
        var errors = new ParameterErrors();
        var asked = ComparisonEndpoints.Read(runs, cells, errors);
        var exporter = ComparisonExporters.Find(@as ?? "");
        if (exporter is null)
            errors.Add("as", string.IsNullOrEmpty(@as) ? $"Say the format: {ComparisonExporters.Names}." : $"'{@as}' is no format. Use one of {ComparisonExporters.Names}.");
        if (errors.Any)
            return errors.ToResult();
        var compared = await comparisons.CompareAsync(asked.Runs, asked.Cells, cancellation);
        if (ComparisonEndpoints.ProblemOf(compared) is { } problem)
            return problem;
        return compared.Comparison is { } comparison
            ? TypedResults.File(Encoding.UTF8.GetBytes(exporter!.Write(comparison)), $"{exporter.MediaType}; charset=utf-8", ComparisonExporters.FileName + exporter.Extension)
            : TypedResults.Problem(title: "There is nothing to compare.", detail: "There are not at least two runs, or cells of one run, with figures.", statusCode: StatusCodes.Status409Conflict);
    }
}
