using System.ComponentModel;
using System.Text;
using Brigade.Analysis;
using Brigade.Analysis.Reports;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;
using Brigade.Data.Queries;
using Brigade.Web.Features.Api;

namespace Brigade.Web.Features.Reports;

/// <summary>REST: runs as files.</summary>
internal static class ReportEndpoints
{
    public static void MapReports(this IEndpointRouteBuilder app)
    {
        var group = app.MapApi("/runs", "Runs");
        group.MapGet("/{id:guid}/export", ExportAsync).WithName("ExportRun").WithSummary("A run as a file: HTML, Markdown, CSV, JSON, HdrHistogram log or JUnit XML.")
            .WithDescription("The answer names the file in 'Content-Disposition'. 409 where there is nothing to write yet, or the run has no histograms for a log.")
            .Produces(StatusCodes.Status200OK, contentType: "text/html", additionalContentTypes: ["text/markdown", "text/csv", "application/json", "text/plain", "application/xml"])
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<IResult> ExportAsync(
        Guid id,
        [Description("The format: html, markdown, csv, json, hlog or junit.")] string? @as,
        [Description("Of csv: trials (a row per trial, the default) or cells.")] string? part,
        RunStore store,
        CancellationToken cancellation)
    {
        var errors = new ParameterErrors();
        var exporter = RunExporters.Find(@as ?? "");
        if (exporter is null)
            errors.Add("as", string.IsNullOrEmpty(@as) ? $"Say the format: {RunExporters.Names}." : $"'{@as}' is no format. Use one of {RunExporters.Names}.");
        else if (!string.IsNullOrEmpty(part) && !exporter.Parts.Contains(part, StringComparer.Ordinal))
            errors.Add("part", exporter.Parts.Count == 0 ? $"{exporter.Name} has no parts; leave it out." : $"'{part}' is no part of {exporter.Name}. Use one of {string.Join(", ", exporter.Parts)}.");
        if (errors.Any)
            return errors.ToResult();
        if (await store.FindAsync(id, cancellation) is not { } run)
            return ApiSetup.NotFound("run", id);
        if (await ReportAsync(run, exporter!.WantsHistograms, store, cancellation) is not { } report)
            return Nothing(run.Row.Status.IsTerminal() ? $"The run ended before it measured anything. {run.Row.Reason}" : "The run has not started yet. Ask again when its status is 'running' or later.");
        return exporter.Problem(report) is { } problem
            ? Nothing(problem)
            : TypedResults.File(Encoding.UTF8.GetBytes(exporter.Write(report, string.IsNullOrEmpty(part) ? null : part)), $"{exporter.MediaType}; charset=utf-8", RunExporters.FileName(exporter, run.Row.Name, string.IsNullOrEmpty(part) ? null : part));
    }

    /// <summary>What is known of a run; null where it has measured nothing.</summary>
    internal static async Task<RunReport?> ReportAsync(RunDetail run, bool withHistograms, RunStore store, CancellationToken cancellation)
    {
        if (run.Plan is null || run.Machine is null)
            return null;
        var result = ResultBuilder.Build(run.Spec, run.Row.Status, run.Machine, run.Plan, await store.TrialsAsync(run.Row.Id, cancellation));
        return new RunReport(withHistograms ? RunReport.WithHistograms(result, await store.HistogramsAsync(run.Row.Id, cancellation), await store.UncorrectedHistogramsAsync(run.Row.Id, cancellation)) : result)
        {
            Id = run.Row.Id.ToString(),
            StartedAt = run.Row.StartedAt,
            EndedAt = run.Row.EndedAt,
            Source = run.Row.Source,
            Spec = run.Row.Source.Length == 0 ? SpecWriter.ToYaml(run.Spec) : "",
        };
    }

    private static IResult Nothing(string why) => TypedResults.Problem(title: "There is nothing to write.", detail: why, statusCode: StatusCodes.Status409Conflict);
}
