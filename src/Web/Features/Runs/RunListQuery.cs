using System.ComponentModel;
using Brigade.Contracts.Runs;
using Brigade.Data.Queries;
using Brigade.Web.Features.Api;
using Microsoft.AspNetCore.Mvc;

namespace Brigade.Web.Features.Runs;

/// <summary>The query string of <c>GET /api/v1/runs</c>, as it was sent.</summary>
internal sealed record RunListQuery(
    [property: FromQuery, Description("Only these statuses, separated by commas: queued, assigned, running, finishing, completed, failed, cancelled, lost.")] string? Status,
    [property: FromQuery, Description("Matched against name, workload and tags.")] string? Search,
    [property: FromQuery, Description("Only runs of this experiment.")] string? ExperimentId,
    [property: FromQuery, Description("measured or imported: only runs that were measured here, or that came from another tool.")] string? Source,
    [property: FromQuery, Description("true: only runs that whoever asks has starred.")] string? Starred,
    [property: FromQuery, Description("queued (default), name, status or duration; with a minus in front in descending order. Default: -queued.")] string? Sort,
    [property: FromQuery, Description("Goes on behind the last run of a page: the value of its 'next'. Only in the order of 'queued'.")] string? After,
    [property: FromQuery, Description("How many to leave out, 0 to 10000; with 'after' a list goes on however far. Default: 0.")] string? Skip,
    [property: FromQuery, Description("How many to answer, 1 to 200. Default: 25.")] string? Take)
{
    /// <summary>The query, or everything that is wrong with it.</summary>
    /// <param name="reader">Whose stars count.</param>
    public (RunQuery? Query, ParameterErrors Errors) Read(string reader)
    {
        var errors = new ParameterErrors();
        var statuses = (Status ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(name => errors.Named<RunStatus>("status", name, "status")).OfType<RunStatus>().ToList();
        Guid? experiment = null;
        if (Guid.TryParse(ExperimentId, out var id))
            experiment = id;
        else if (ExperimentId is { Length: > 0 })
            errors.Add("experimentId", $"'{ExperimentId}' is no id of an experiment.");
        var sort = string.IsNullOrEmpty(Sort) ? "-queued" : Sort;
        var isDescending = sort.StartsWith('-');
        var sortBy = errors.Named<RunSort>("sort", isDescending ? sort[1..] : sort, "order, with or without one minus in front");
        bool? isImported = null;
        if (Source is "measured" or "imported")
            isImported = Source is "imported";
        else if (Source is { Length: > 0 })
            errors.Add("source", $"'{Source}' is no source. Use measured or imported.");
        if (Starred is { Length: > 0 } and not ("true" or "false"))
            errors.Add("starred", $"'{Starred}' is neither true nor false.");
        var (skip, take) = (errors.Number("skip", Skip, 0, 0, RunStore.MaximumSkip), errors.Number("take", Take, 25, 1, RunStore.MaximumPageSize));
        var after = Cursor.Read(errors, "after", After);
        if (after is not null && sortBy is not RunSort.Queued)
            errors.Add("after", "A list goes on behind a run only in the order of 'queued'.");
        return errors.Any ? (null, errors) : (new RunQuery
        {
            Statuses = statuses,
            Search = Search ?? "",
            ExperimentId = experiment,
            IsImported = isImported,
            StarredBy = Starred is "true" ? reader : null,
            After = after is var (at, place) ? new RunPlace(at, place) : null,
            Sort = sortBy!.Value,
            Descending = isDescending,
            Skip = skip,
            Take = take,
        }, errors);
    }
}
