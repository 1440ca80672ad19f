using Brigade.Contracts.Runs;
using Brigade.Data.Queries;
using Brigade.Web.Features.Schedules;
using Brigade.Web.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Brigade.Web.Tests.Features.Schedules;

/// <summary>The scheduler over the real stores, with a clock of the test's own.</summary>
public sealed class SchedulerTests : PageTest
{
    private ScheduleStore Store => Services.GetRequiredService<ScheduleStore>();

    [Fact]
    public async Task LookAsync_Due_QueuesOneRunAndWakesTheDispatcher()
    {
        var schedule = await NewAsync("0 13 * * *");
        Assert.Equal(0, await LookAsync());

        Time.Advance(TimeSpan.FromHours(1));

        Assert.Equal(1, await LookAsync());
        Assert.Equal(0, await LookAsync());
        Assert.Equal(1, ControlPlane.Woken);
        var run = Assert.Single((await Runs.ListAsync(new RunQuery())).Items);
        Assert.Equal(("0 13 * * * UTC", 2), (run.Schedule, run.TrialCount));
        Assert.Equal(Given.Noon.AddHours(25), (await Store.FindAsync(schedule.Id))!.NextAt);
    }

    [Fact]
    public async Task LookAsync_ServerWasDownForDays_CatchesUpOnce()
    {
        var schedule = await NewAsync("0 * * * *");
        Time.Advance(TimeSpan.FromDays(3) + TimeSpan.FromMinutes(10));

        Assert.Equal(1, await LookAsync());
        Assert.Equal(0, await LookAsync());

        Assert.Equal(Given.Noon.AddDays(3).AddHours(1), (await Store.FindAsync(schedule.Id))!.NextAt);
    }

    [Fact]
    public async Task LookAsync_TwoNodes_QueueOneRun()
    {
        await NewAsync("0 13 * * *");
        Time.Advance(TimeSpan.FromHours(1));
        var (first, second) = (New(), New());

        var queued = await Task.WhenAll(Task.Run(() => first.LookAsync(CancellationToken.None)), Task.Run(() => second.LookAsync(CancellationToken.None)));

        Assert.Equal(1, queued.Sum());
        Assert.Single((await Runs.ListAsync(new RunQuery())).Items);
    }

    [Fact]
    public async Task LookAsync_FormerRunGoesOn_LeavesItOut()
    {
        var schedule = await NewAsync("0 * * * *");
        Time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(1, await LookAsync());
        Time.Advance(TimeSpan.FromHours(1));

        Assert.Equal(0, await LookAsync());

        var row = await Store.FindAsync(schedule.Id);
        Assert.Equal((Time.GetUtcNow(), "The run before it still waits for a runner.", Given.Noon.AddHours(3)), (row!.SkippedAt!.Value, row.SkipReason, row.NextAt!.Value));
        await Runs.CommitAsync(row.LastRunId!.Value, new RunChanges { Status = RunStatus.Completed, EndedAt = Time.GetUtcNow() });
        Time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(1, await LookAsync());
    }

    [Fact]
    public async Task LookAsync_Paused_BeginsNothing()
    {
        var schedule = await NewAsync("0 13 * * *");
        await Store.ChangeAsync(schedule.Id, schedule.Cron, schedule.TimeZone, isEnabled: false, null);
        Time.Advance(TimeSpan.FromDays(2));

        Assert.Equal(0, await LookAsync());
    }

    private Task<int> LookAsync() => New().LookAsync(CancellationToken.None);

    private Scheduler New() => new(Services.GetRequiredService<IServiceScopeFactory>(), Time, NullLogger<Scheduler>.Instance);

    private async Task<ScheduleRow> NewAsync(string cron) =>
        (await Store.CreateAsync((await Experiments.CreateAsync(Given.Spec())).Id, cron, "UTC", isEnabled: true, CronText.Read(cron, "UTC").Text!.Next(Given.Noon)))!;
}
