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
    private const int MostTake = 200;

    /// <summary>The query, or what is wrong with it.</summary>
    public (RunQuery? Query, SpecProblem? Problem) Read()
    {
        var statuses = new List<RunStatus>();
        foreach (var name in (Status ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (!TryName<RunStatus>(name, out var status))
                return Wrong("status", $"'{name}' is no status. Use {Names<RunStatus>()}.");
            statuses.Add(status);
        }

        Guid experiment = default;
        if (ExperimentId is { Length: > 0 } && !Guid.TryParse(ExperimentId, out experiment))
            return Wrong("experimentId", $"'{ExperimentId}' is no id of an experiment.");
        var sort = string.IsNullOrEmpty(Sort) ? "-queued" : Sort;
        if (!TryName<RunSort>(sort.TrimStart('-'), out var sortBy))
            return Wrong("sort", $"'{sort}' is no order. Use {Names<RunSort>()}, with a minus in front to turn it round.");
        if (!TryNumber(Skip, 0, 0, int.MaxValue, out var skip))
            return Wrong("skip", "Use a whole number from 0.");
        if (!TryNumber(Take, 25, 1, MostTake, out var take))
            return Wrong("take", $"Use a whole number from 1 to {MostTake}.");
        return (new RunQuery
        {
            Statuses = statuses,
            Search = Search ?? "",
            ExperimentId = ExperimentId is { Length: > 0 } ? experiment : null,
            Sort = sortBy,
            Descending = sort.StartsWith('-'),
            Skip = skip,
            Take = take,
        }, null);
    }

    private static (RunQuery?, SpecProblem?) Wrong(string name, string message) =>
        (null, new SpecProblem(StatusCodes.Status400BadRequest, $"The parameter '{name}' is wrong.", [new("", message)]));

    private static bool TryName<T>(string text, out T value)
        where T : struct, Enum => Enum.TryParse(text, ignoreCase: true, out value) && Enum.IsDefined(value) && char.IsLetter(text[0]);

    private static string Names<T>()
        where T : struct, Enum => string.Join(", ", Enum.GetNames<T>().Select(name => name.ToLowerInvariant()));

    private static bool TryNumber(string? text, int absent, int least, int most, out int number)
    {
        number = absent;
        return string.IsNullOrEmpty(text)
            || (int.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out number) && number >= least && number <= most);
    }
}
