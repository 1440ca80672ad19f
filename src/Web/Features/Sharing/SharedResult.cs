using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Brigade.Analysis.Comparing;
using Brigade.Analysis.Reports;
using Brigade.Analysis.Reports.Html;
using Brigade.Contracts.Runs;
using Brigade.Data;
using Brigade.Data.Entities;
using Brigade.Data.Queries;
using Brigade.Web.Features.Compare;
using Brigade.Web.Features.Reports;

namespace Brigade.Web.Features.Sharing;

/// <summary>
/// Reads what a share link shows. The visitor's own request is in no workspace, so that no store answers it anything; here, and only here, the link's workspace is entered,
/// as somebody who may not write, to read the runs that the link names.
/// </summary>
internal sealed class SharedResult(IServiceScopeFactory scopes, SharedCache cache)
{
    private static readonly string Version = typeof(SharedResult).Assembly.ManifestModule.ModuleVersionId.ToString("n");

    /// <summary>The runs that the link names as they are now, and a mark that changes with them; null where they are not all there.</summary>
    public async Task<SharedState?> StateAsync(OpenShare share, string part, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateShareScope(share.WorkspaceId, share.Id);
        var runs = await scope.ServiceProvider.GetRequiredService<ShareStore>().RunsAsync(share.Target, cancellation);
        if (runs.Count == 0)
            return null;
        var baseline = share.Target.Kind == ShareKind.Comparison ? null : await scope.ServiceProvider.GetRequiredService<BaselineStore>().ForAsync(runs[0], cancellation);
        var text = new StringBuilder($"{Version}|{part}|{share.Id}|{share.WithSpec}|{share.ExpiresAt?.UtcTicks}|{baseline?.RunId}");
        foreach (var run in runs)
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"|{run.Id}.{run.Status}.{run.TrialsEnded}.{run.EndedAt?.UtcTicks}.{run.TrialsThinnedAt?.UtcTicks}");
        return new SharedState(runs, baseline, Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())).AsSpan(..18)));
    }

    /// <summary>The whole result as a page; null where nothing was measured yet.</summary>
    public Task<string?> PageAsync(OpenShare share, SharedState state, CancellationToken cancellation) => RenderAsync(share, state, async services =>
        share.Target.Kind == ShareKind.Comparison
            ? await ComparisonAsync(share.Target, services, cancellation) is { } comparison ? SharedPages.Comparison(comparison, Remark(share)) : null
            : await ReportAsync(share, state.Runs[0].Id, services, cancellation) is { } report ? SharedPages.Run(report, Remark(share)) : null,
        cancellation);

    /// <summary>One chart as a page; null where nothing was measured yet.</summary>
    /// <param name="address">Of the whole result.</param>
    public Task<string?> ChartAsync(OpenShare share, SharedState state, string chart, string address, CancellationToken cancellation) => RenderAsync(share, state, async services =>
        share.Target.Kind == ShareKind.Comparison
            ? await ComparisonAsync(share.Target, services, cancellation) is { } comparison ? SharedPages.ComparisonChart(comparison, chart, address) : null
            : await ReportAsync(share, state.Runs[0].Id, services, cancellation) is { } report ? SharedPages.RunChart(report.Result, chart, address) : null,
        cancellation);

    /// <summary>The state in a few words, as a picture.</summary>
    public async Task<string> BadgeAsync(OpenShare share, SharedState state, CancellationToken cancellation) => (await RenderAsync(
        share, state, async services => (await BadgeAsync(share, state, services, cancellation)).ToSvg(), cancellation))!;

    private static async Task<Badge> BadgeAsync(OpenShare share, SharedState state, IServiceProvider services, CancellationToken cancellation)
    {
        if (share.Target.Kind == ShareKind.Comparison)
            return await ComparisonAsync(share.Target, services, cancellation) is { } compared ? OfVerdict(Enumerable.Range(1, compared.Runs.Count - 1).Select(run => VerdictWords.Overall(compared, run)), "") : Badge.Neutral("nothing measured");
        var run = state.Runs[0];
        switch (run.Status)
        {
            case RunStatus.Completed:
                break;
            case RunStatus.Failed or RunStatus.Lost:
                return Badge.Bad(run.Status == RunStatus.Lost ? "lost" : "failed");
            case RunStatus.Cancelled:
                return Badge.Neutral("cancelled");
            default:
                return Badge.Busy(run.Status == RunStatus.Queued ? "queued" : "running");
        }

        var report = await ReportAsync(share, run.Id, services, cancellation);
        if (report?.Result.Thresholds.Count(outcome => !outcome.Holds) is > 0 and var failed)
            return Badge.Bad(failed == 1 ? "a threshold fails" : $"{failed} thresholds fail");
        if (state.Baseline is not { } baseline)
            return Badge.Good("completed");
        var comparison = (await services.GetRequiredService<Comparisons>().CompareAsync([baseline.RunId, run.Id], [], cancellation)).Comparison;
        return comparison is null ? Badge.Good("completed") : OfVerdict([VerdictWords.Overall(comparison, 1)], " than the baseline");
    }

    // The worst of them: it is what a reader has to know.
    private static Badge OfVerdict(IEnumerable<Verdict> verdicts, string than)
    {
        var all = verdicts.ToHashSet();
        return all.Contains(Verdict.Slower) ? Badge.Bad("slower" + than)
            : all.Contains(Verdict.Faster) ? Badge.Good("faster" + than)
            : all.Contains(Verdict.Same) ? Badge.Good("no change")
            : Badge.Neutral("not enough data");
    }

    private static async Task<RunReport?> ReportAsync(OpenShare share, Guid id, IServiceProvider services, CancellationToken cancellation)
    {
        var store = services.GetRequiredService<RunStore>();
        if (await store.FindAsync(id, cancellation) is not { } run || await ReportEndpoints.ReportAsync(run, withHistograms: false, store, cancellation) is not { } report)
            return null;
        return share.WithSpec
            ? report with { Id = "" }
            : new RunReport(report.Result with { Machine = report.Result.Machine with { Host = "" } }) { StartedAt = report.StartedAt, EndedAt = report.EndedAt, Source = report.Source };
    }

    private static async Task<Comparison?> ComparisonAsync(ShareTarget target, IServiceProvider services, CancellationToken cancellation) =>
        (await services.GetRequiredService<Comparisons>().CompareAsync(target.Runs, target.Cells, cancellation)).Comparison;

    private static string Remark(OpenShare share) =>
        $"Shared by {share.CreatedBy} from Brigade, to read only{(share.ExpiresAt is { } at ? $"; this link works until {at.UtcDateTime.ToString("d MMMM yyyy", System.Globalization.CultureInfo.InvariantCulture)}" : "")}.";

    private async Task<string?> RenderAsync(OpenShare share, SharedState state, Func<IServiceProvider, Task<string?>> render, CancellationToken cancellation) => await cache.GetAsync(
        state.Mark,
        async () =>
        {
            await using var scope = scopes.CreateShareScope(share.WorkspaceId, share.Id);
            return await render(scope.ServiceProvider);
        },
        cancellation);
}

/// <param name="Baseline">What the run is compared with; null where there is none.</param>
/// <param name="Mark">Equal as long as what is shown is.</param>
internal sealed record SharedState(IReadOnlyList<RunRow> Runs, BaselineRow? Baseline, string Mark);
