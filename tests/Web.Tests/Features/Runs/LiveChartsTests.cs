using Brigade.Contracts.Plan;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;
using Brigade.Web.Components.Browser;
using Brigade.Web.Features.Runs;
using Brigade.Web.Live;
using Brigade.Web.Tests.Support;
using Bunit;
using Microsoft.Extensions.DependencyInjection;

namespace Brigade.Web.Tests.Features.Runs;

public sealed class LiveChartsTests : PageTest
{
    private static readonly TrialPlan Plan = new(
        [Cell("python", Strategy.Threads, 1), Cell("python", Strategy.Threads, 2), Cell("dotnet", Strategy.Processes, 2)],
        [new(0, 0, 1), new(1, 1, 1), new(2, 2, 1), new(3, 0, 2), new(4, 1, 2), new(5, 2, 2)], 1, []);

    [Fact]
    public void Render_Plan_SendsItsTrialsAndAsksForTheFrames()
    {
        var ready = 0;
        Open(ended: 1, onReady: () => ready++);
        Assert.Equal(1, ready);
        Assert.Equal(Plan.Trials.Count, ((IReadOnlyList<TrialLook>)Charts.Invocations["structure"][0].Arguments[0]!).Count);
    }

    [Fact]
    public void OpenLoad_Stages_AreHandedOnToBeDrawn()
    {
        var charts = Render<LiveCharts>(parameters => parameters.Add(it => it.Snapshot, Snapshot(1)).Add(it => it.Load, new LoadSpec { Rate = 50, Duration = TimeSpan.FromSeconds(3) }));
        Assert.Contains("\"rate\":50,\"seconds\":3", System.Text.Json.JsonSerializer.Serialize(Charts.Invocations["structure"][0].Arguments[4]), StringComparison.Ordinal);
        Assert.Contains("offered", charts.Find("figcaption").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Legend_Plan_HasItsStrategiesRuntimesAndWorkers() =>
        Assert.Equal(["threads", "processes", "python", "dotnet", "× 1", "× 2"], Open(ended: 1).FindAll(".legend label").Select(label => label.TextContent.Trim()), StringComparer.Ordinal);

    [Fact]
    public void Shown_SeveralRepetitions_IsTheNewestOfEachCell() => Assert.Equal([1, 2, 3], Shown(Open(ended: 4)));

    [Fact]
    public void Shown_RepetitionsThatWereNotNeeded_AreLeftOut()
    {
        var skipped = Given.Result(5) with { Status = TrialStatus.Skipped };
        var snapshot = Snapshot(3) with { Trials = [.. Snapshot(3).Trials.Select(trial => trial.Index < 3 ? trial with { Result = Given.Result(trial.Index) } : trial with { Status = TrialStatus.Skipped, Result = skipped })] };
        var charts = Render<LiveCharts>(parameters => parameters.Add(it => it.Snapshot, snapshot));
        Assert.Equal([0, 1, 2], Shown(charts));
        Assert.Equal(2, Charts.Invocations["structure"][0].Arguments[1]);
    }

    [Fact]
    public void EveryRepetition_Checked_ShowsAll()
    {
        var charts = Open(ended: 4);
        charts.FindAll("figcaption input")[0].Change(true);
        Assert.Equal([0, 1, 2, 3, 4, 5], Shown(charts));
    }

    [Fact]
    public void Legend_StrategyUnchecked_HidesItsTrials()
    {
        var charts = Open(ended: 4);
        charts.FindAll(".legend input")[0].Change(false);
        Assert.Equal([2], Shown(charts));
    }

    [Fact]
    public async Task Connection_Restored_SendsTheStructureAgain()
    {
        Open(ended: 1);
        var before = Charts.Invocations["structure"].Count;
        var connection = Services.GetRequiredService<CircuitConnection>();
        await connection.OnConnectionDownAsync(null!, CancellationToken.None);
        await connection.OnConnectionUpAsync(null!, CancellationToken.None);
        Assert.Equal(before + 1, Charts.Invocations["structure"].Count);
    }

    [Fact]
    public async Task Draw_BrowserListens_SendsByItsSocketAndNotByCalls()
    {
        var charts = Open(ended: 1);
        var path = (string)Charts.Invocations["listen"][0].Arguments[0]!;
        await charts.InvokeAsync(() => charts.Instance.DrawAsync([Given.Frame(0, 0)], isWhole: true, CancellationToken.None));
        Assert.Single(Charts.Invocations["append"]);
        using var browser = new FakeBrowserSocket();
        var serving = Services.GetRequiredService<ScreenSockets>().Find(path, Me)!.ServeAsync(browser, CancellationToken.None);

        Assert.True(await charts.InvokeAsync(() => charts.Instance.DrawAsync([Given.Frame(0, 1)], isWhole: false, CancellationToken.None)));

        Assert.Contains("\"from\":1", await browser.NextAsync(), StringComparison.Ordinal);
        Assert.Single(Charts.Invocations["append"]);
        browser.Break();
        await serving;
    }

    [Fact]
    public async Task Socket_Breaks_AsksForEverythingAgain()
    {
        var ready = 0;
        var charts = Open(ended: 1, onReady: () => ready++);
        using var browser = new FakeBrowserSocket();
        var serving = Services.GetRequiredService<ScreenSockets>().Find((string)Charts.Invocations["listen"][0].Arguments[0]!, Me)!.ServeAsync(browser, CancellationToken.None);
        await charts.InvokeAsync(() => charts.Instance.DrawAsync([Given.Frame(0, 0)], isWhole: true, CancellationToken.None));

        browser.Break();
        await serving;

        charts.WaitForAssertion(() => Assert.Equal(2, ready));
    }

    [Fact]
    public void Render_EndedRun_NeedsNoSocket()
    {
        Render<LiveCharts>(parameters => parameters.Add(it => it.Snapshot, Snapshot(6) with { Status = RunStatus.Completed }));
        Assert.Empty(Charts.Invocations["listen"]);
    }

    [Fact]
    public void Select_Trial_IsHandedOn()
    {
        int? selected = null;
        var charts = Render<LiveCharts>(parameters => parameters.Add(it => it.Snapshot, Snapshot(4)).Add(it => it.SelectedChanged, trial => selected = trial));
        charts.Find("#pick-trial").Change("2");
        Assert.Equal(2, selected);
    }

    private static Cell Cell(string runtime, Strategy strategy, int workers) => new(runtime, strategy, workers, null, null, null, 0, new Dictionary<string, ParameterValue>(StringComparer.Ordinal));

    private static RunSnapshot Snapshot(int ended) => new(
        Guid.Empty, RunStatus.Running, "", Plan, Given.Machine, [.. Plan.Trials.Select(trial => new TrialSnapshot(trial.Index, trial.Index < ended ? TrialStatus.Completed : TrialStatus.Pending, null, null))], null, Given.Noon, null, null);

    private int[] Shown(IRenderedComponent<LiveCharts> charts)
    {
        charts.WaitForAssertion(() => Assert.NotEmpty(Charts.Invocations["show"]));
        return (int[])Charts.Invocations["show"][^1].Arguments[0]!;
    }

    private IRenderedComponent<LiveCharts> Open(int ended, Action? onReady = null) =>
        Render<LiveCharts>(parameters => parameters.Add(it => it.Snapshot, Snapshot(ended)).Add(it => it.OnReady, () => onReady?.Invoke()));
}
