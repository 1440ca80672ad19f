using Brigade.Data.Entities;
using Brigade.Data.Queries;
using Brigade.Web.Features.Trends;
using Brigade.Web.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Brigade.Web.Tests.Features.Trends;

/// <summary>The search for changes over the real store.</summary>
public sealed class ExaminationTests : PageTest
{
    private static readonly double[] Fall = [.. Enumerable.Range(0, 24).Select(run => (run < 12 ? 100.0 : 70.0) + (run * 37 % 5 * 0.4))];

    private DueExamination? _last;

    public ExaminationTests() => Services.AddTransient<Examination>();

    [Fact]
    public async Task ExamineAsync_SeriesThatFell_IsOneRegressionHoweverOftenItIsLookedAt()
    {
        var history = await this.StoreHistoryAsync(Fall);

        await ExamineAsync();
        await ExamineAsync();

        var change = Assert.Single((await Changes.ListAsync(new ChangeQuery())).Items);
        Assert.Equal((history.Runs[12], history.Runs[11], ChangeMetric.Throughput, ChangeState.Open, false), (change.RunId, change.RunBefore!.Value, change.Metric, change.State, change.IsImprovement));
        Assert.InRange(change.RelativeShift, -0.33, -0.27);
    }

    [Fact]
    public async Task ExamineAsync_SteadySeries_FindsNothing()
    {
        await this.StoreHistoryAsync([.. Enumerable.Range(0, 24).Select(run => 100.0 + (run * 37 % 5 * 0.4))]);

        await ExamineAsync();

        Assert.Empty((await Changes.ListAsync(new ChangeQuery())).Items);
        Assert.Empty(await Changes.DueAsync(100));
    }

    [Fact]
    public async Task Examiner_EndedRuns_AreLookedAtWithoutAnybodyAsking()
    {
        await this.StoreHistoryAsync(Fall);
        using var examiner = new Examiner(Services.GetRequiredService<IServiceScopeFactory>(), new FakeLeader(), Time, NullLogger<Examiner>.Instance);
        await examiner.StartAsync(CancellationToken.None);

        using var enough = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while ((await Changes.DueAsync(100)).Count > 0)
        {
            enough.Token.ThrowIfCancellationRequested();
            Time.Advance(Examiner.Every);
            await Task.Yield();
        }

        await examiner.StopAsync(CancellationToken.None);
        Assert.Single((await Changes.ListAsync(new ChangeQuery())).Items);
    }

    private async Task ExamineAsync()
    {
        var examination = Services.GetRequiredService<Examination>();
        var due = await Changes.DueAsync(100);
        _last = due.Count > 0 ? due[^1] : _last;
        foreach (var one in due.DefaultIfEmpty(_last!))
            await examination.ExamineAsync(one, CancellationToken.None);
    }
}
