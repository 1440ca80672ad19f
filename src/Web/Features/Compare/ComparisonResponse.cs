using Brigade.Analysis.Comparing;
using Brigade.Data.Queries;

namespace Brigade.Web.Features.Compare;

/// <summary>Runs, or cells of a run, side by side. What is numbered counts from 0 and follows the order of <see cref="Runs"/>; number 0 is what the others are compared with.</summary>
/// <param name="Verdict">The worst of <paramref name="Summaries"/>: slower where any cell is in any metric, else faster where any is, else the same, else not-enough-data.</param>
/// <param name="Text">Each other run in a sentence or two.</param>
/// <param name="Baseline">The baseline that number 0 is; absent where the runs were chosen otherwise.</param>
/// <param name="Summaries">For each run but the first and each metric, in how many cells it is faster, slower or the same.</param>
/// <param name="Differences">What differs in machine, versions or spec.</param>
/// <param name="Cells">The cells that at least two have, with medians, intervals and verdicts.</param>
/// <param name="Apart">Cells that not all have.</param>
/// <param name="Url">The page that shows it.</param>
public sealed record ComparisonResponse(
    Verdict Verdict, string Text, IReadOnlyList<ComparedName> Runs, BaselineResponse? Baseline, IReadOnlyList<VerdictSummary> Summaries, IReadOnlyList<Difference> Differences,
    IReadOnlyList<ComparedCell> Cells, IReadOnlyList<ApartCell> Apart, string Url)
{
    internal static ComparisonResponse Of(ComparedRuns compared, BaselineRow? baseline, string url)
    {
        var comparison = compared.Comparison!;
        var counts = VerdictCount.All(comparison);
        return new ComparisonResponse(
            VerdictCount.Overall([.. counts]), VerdictWords.Text(comparison), comparison.Runs, baseline is null ? null : BaselineResponse.Of(baseline),
            [.. counts.Select(count => new VerdictSummary(count.Run, count.Metric, count.Verdict, count.Text, count.Cells, count.Faster, count.Slower, count.Same, count.NotEnoughData))],
            comparison.Differences, comparison.Cells, compared.Apart, url);
    }
}

/// <summary>How one run compares with the first one in one metric.</summary>
/// <param name="Cells">Cells that both have; the four counts make it up.</param>
public sealed record VerdictSummary(int Run, string Metric, Verdict Verdict, string Text, int Cells, int Faster, int Slower, int Same, int NotEnoughData);

/// <summary>A baseline as the API shows it.</summary>
/// <param name="Tag">The runs that it is for: those with this tag; empty for all of the experiment.</param>
public sealed record BaselineResponse(Guid ExperimentId, string Tag, Guid RunId, string RunName, DateTimeOffset? RunEndedAt, DateTimeOffset PinnedAt, string Note)
{
    internal static BaselineResponse Of(BaselineRow row) => new(row.ExperimentId, row.Tag, row.RunId, row.RunName, row.EndedAt, row.PinnedAt, row.Note);
}

/// <summary>Body of <c>PUT /api/v1/experiments/{id}/baselines/{tag}</c>.</summary>
/// <param name="RunId">A completed run of the experiment, with the tag.</param>
/// <param name="Note">Why, in a few words.</param>
public sealed record BaselineBody(Guid RunId, string? Note);
