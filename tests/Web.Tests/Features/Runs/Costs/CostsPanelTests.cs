using Brigade.Analysis;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;
using Brigade.Data.Queries;
using Brigade.Web.Features.Runs.Costs;
using Brigade.Web.Live;
using Brigade.Web.Tests.Support;
using Bunit;

namespace Brigade.Web.Tests.Features.Runs.Costs;

public sealed class CostsPanelTests : PageTest
{
    private readonly CellCosts _costs = new(2_000, 55, [new CostPart(CostKind.Work, 500, 0.25, 0.25, 0.25), new CostPart(CostKind.LockWait, 1_480, 0.74, 0.70, 0.78), new CostPart(CostKind.QueueWait, 20, 0.01, 0.01, 0.01)], Alone: 0);

    [Fact]
    public void Render_CellWithCosts_HasABarOfTheWholeAndTheWordsOfIt()
    {
        var panel = Open(_costs);
        Assert.Equal(["width: 25%", "width: 74%", "width: 1%"], panel.FindAll(".cost-bar i").Select(part => part.GetAttribute("style")), StringComparer.Ordinal);
        Assert.Equal("GIL wait 74 %, work 25 %; start-up 55 ms before it", panel.Find(".words").TextContent);
    }

    [Fact]
    public void Render_CellWithCosts_HasTheSameInATable()
    {
        var row = Open(_costs).Find("table tbody tr");
        Assert.Equal(["25 %", "74 % (70 to 78)", "1 %", "2 s", "55 ms"], row.QuerySelectorAll("td").Select(cell => cell.TextContent), StringComparer.Ordinal);
    }

    [Fact]
    public void Render_WaitsThatCannotBeToldApart_SaysWhatWouldTell() =>
        Assert.Contains("add the sequential strategy", Open(_costs with { Alone = null, Parts = [new CostPart(CostKind.Wait, 2_000, 1, 1, 1)] }).Markup, StringComparison.Ordinal);

    [Fact]
    public void Render_RunFromBeforeThisWasMeasured_SaysSo() => Assert.Contains("from before this was measured", Open(null).Markup, StringComparison.Ordinal);

    [Fact]
    public async Task Render_EndedTrial_ShowsItsWorkersOverTime()
    {
        var run = await StoreRunAsync(status: RunStatus.Running);
        await Runs.CommitAsync(run.Id, new RunChanges { Status = RunStatus.Completed, Machine = Given.Machine, Plan = Given.Plan(), Trials = [Given.Result(0), Given.Result(1)], Segments = [new FrameSegment(1, [Given.Frame(1, 0), Given.Frame(1, 1)])] });
        var panel = Open(_costs, run.Id);
        panel.WaitForElement(".strips");
        Assert.Contains("worker 0 was in tasks for 90 % of the time, computing for 80 %", panel.Find(".strips").GetAttribute("aria-label"), StringComparison.Ordinal);
        Assert.Equal("M0 100V20H1V20H2V100Z", panel.Find("path.computing").GetAttribute("d"));
        Assert.Equal(["80 %", "10 %", "0 %", "10 %"], panel.FindAll(".worker-time tbody td").Select(cell => cell.TextContent), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Render_TrialWhoseFramesAreGone_SaysSo()
    {
        var panel = Open(_costs, (await StoreRunAsync(status: RunStatus.Completed)).Id);
        panel.WaitForAssertion(() => Assert.Contains("No frames of this trial are kept", panel.Markup, StringComparison.Ordinal));
    }

    private IRenderedComponent<CostsPanel> Open(CellCosts? costs, Guid? run = null)
    {
        var plan = Given.Plan();
        plan = plan with { Cells = [plan.Cells[0] with { Strategy = Strategy.Threads, Workers = 2 }] };
        var trials = plan.Trials.Select(trial => Given.Result(trial.Index)).ToArray();
        var result = ResultBuilder.Build(Given.Spec(), RunStatus.Completed, Given.Machine, plan, trials);
        result = result with { Cells = [result.Cells[0] with { Costs = costs }] };
        var snapshot = new RunSnapshot(run ?? Guid.NewGuid(), RunStatus.Completed, "", plan, Given.Machine, [.. trials.Select(trial => new TrialSnapshot(trial.Index, TrialStatus.Completed, 20, trial))], null, Given.Noon, Given.Noon.AddSeconds(5), null);
        return Render<CostsPanel>(parameters => parameters.Add(panel => panel.Result, result).Add(panel => panel.Snapshot, snapshot));
    }
}
