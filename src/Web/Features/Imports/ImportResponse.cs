using Brigade.Analysis.Importing;
using Brigade.Data.Queries;

namespace Brigade.Web.Features.Imports;

/// <summary>What was imported, or would be.</summary>
/// <param name="Id">The run; absent for a preview.</param>
/// <param name="ExperimentId">The experiment that it is the latest run of; absent for a preview.</param>
/// <param name="Source">The tool.</param>
/// <param name="MeasuredAt">Absent where neither the file nor the request tells: then it counts as measured when it was imported.</param>
/// <param name="Benchmarks">What each cell is called in the file.</param>
/// <param name="Notes">What was left out or is told differently.</param>
public sealed record ImportResponse(Guid? Id, Guid? ExperimentId, string Name, string Source, DateTimeOffset? MeasuredAt, int Trials, IReadOnlyList<string> Benchmarks, IReadOnlyList<string> Notes)
{
    internal static ImportResponse Of(ForeignRun run, string name, DateTimeOffset? measuredAt, RunRow? row = null) => new(
        row?.Id, row?.ExperimentId, name, run.Source, measuredAt, run.Trials.Count, [.. run.Plan.Cells.Select(cell => cell.Params[ImportNames.Parameter].Text)], run.Plan.Notes);
}
