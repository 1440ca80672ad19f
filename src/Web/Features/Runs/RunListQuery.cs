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
    [property: FromQuery, Description("queued (default), name, status or duration; with a minus in front in descending order. Default: -queued.")] string? Sort,
    [property: FromQuery, Description("How many to leave out. Default: 0.")] string? Skip,
    [property: FromQuery, Description("How many to answer, 1 to 200. Default: 25.")] string? Take)
{
    /// <summary>The query, or everything that is wrong with it.</summary>
    public (RunQuery? Query, ParameterErrors Errors) Read()
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
        var (skip, take) = new PageQuery(Skip, Take).Read(errors);
        return errors.Any ? (null, errors) : (new RunQuery
        {
            Statuses = statuses,
            Search = Search ?? "",
            ExperimentId = experiment,
            Sort = sortBy!.Value,
            Descending = isDescending,
            Skip = skip,
            Take = take,
        }, errors);
    }
}
