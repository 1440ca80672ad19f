using Brigade.Contracts.Plan;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;
using Brigade.Data.Queries;
using Brigade.Web.Features.Runs;
using Brigade.Web.Features.Runs.Guessing;
using Brigade.Web.Live;
using Brigade.Web.Tests.Support;
using Bunit;

namespace Brigade.Web.Tests.Features.Runs;

public sealed class RunPageTests : PageTest
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public void Open_UnknownRun_SaysSo() => Render<RunPage>(parameters => parameters.Add(page => page.Id, Guid.NewGuid()))
        .WaitForAssertion(page => Assert.Contains("This run does not exist", page.Markup, StringComparison.Ordinal));

    [Fact]
    public async Task Open_Queued_SaysWhatItWaitsFor()
    {
        var page = await OpenAsync(RunStatus.Queued, plan: null);
        Assert.Contains("Waiting for a runner that is free", page.Markup, StringComparison.Ordinal);
        Assert.Equal("Queued", page.Find("h1 .status").TextContent);
    }

    [Fact]
    public async Task Frames_WhileRunning_GoToTheChartsAsData()
    {
        var page = await OpenAsync(RunStatus.Running);
        Live.Viewer!.Add(Given.Frame(0, 0), Given.Frame(0, 1));
        page.WaitForAssertion(() => Assert.NotEmpty(Charts.Invocations["append"]));
        Assert.Contains("0 of 2 trials", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Snapshot_TrialEnded_UpdatesProgressAndTable()
    {
        var page = await OpenAsync(RunStatus.Running);
        Time.Advance(TimeSpan.FromSeconds(1));
        Live.Viewer!.Change(Snapshot(page.Instance.Id, RunStatus.Running, Given.Plan(), ended: 1) with { Remaining = TimeSpan.FromSeconds(40) });
        page.WaitForAssertion(() => Assert.Contains("1 of 2 trials, about 40 s left.", page.Markup, StringComparison.Ordinal));
        Assert.Contains("100/s", page.Find("[aria-label='Results by cell']").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Snapshot_TrialsEndQuickly_ComputesTheResultEveryThreeSeconds()
    {
        var page = await OpenAsync(RunStatus.Running, ended: 1);
        page.WaitForAssertion(() => Assert.Contains("one repetition", page.Find("[aria-label='Results by cell']").TextContent, StringComparison.Ordinal));
        Time.Advance(TimeSpan.FromSeconds(1));
        Live.Viewer!.Change(Snapshot(page.Instance.Id, RunStatus.Running, Given.Plan(), ended: 2));
        page.WaitForAssertion(() => Assert.Contains("2 of 2 trials", page.Markup, StringComparison.Ordinal));
        Assert.Contains("one repetition", page.Find("[aria-label='Results by cell']").TextContent, StringComparison.Ordinal);
        Time.Advance(TimeSpan.FromSeconds(3));
        page.WaitForAssertion(() => Assert.Contains("100 to 100", page.Find("[aria-label='Results by cell']").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Open_EndedRun_ReadsItsStoredLatencies()
    {
        RunRow run = await StoreRunAsync(status: RunStatus.Running);
        var latencies = LatencySamples.Encode(1_000_000, 10);
        await Runs.CommitAsync(run.Id, new RunChanges { Status = RunStatus.Running, Machine = Given.Machine, Plan = Given.Plan(), Trials = [Given.Result(0) with { Histogram = latencies }] });
        var ended = Snapshot(run.Id, RunStatus.Completed, Given.Plan(), ended: 1);
        Live.Viewer = new FakeRunViewer(ended with { Trials = [ended.Trials[0] with { Result = Given.Result(0) with { Histogram = [] } }, ended.Trials[1]] });
        var page = Render<RunPage>(parameters => parameters.Add(it => it.Id, run.Id));
        page.WaitForAssertion(() => Assert.Contains("How latency spreads", page.Markup, StringComparison.Ordinal));
        Assert.Equal(["histogram"], page.FindComponent<LatencyPanel>().FindAll("label").Select(label => label.TextContent.Trim()).Where(text => text is "histogram"), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Results_OfAWorkloadWithFigures_ShowThemUnderTheRuntimeThatWasUsed()
    {
        var page = await OpenAsync(RunStatus.Running);
        Time.Advance(TimeSpan.FromSeconds(1));
        var counted = Given.Result(0) with { Figures = new Dictionary<string, double>(StringComparer.Ordinal) { ["lostUpdates"] = 77 } };
        Live.Viewer!.Change(Snapshot(page.Instance.Id, RunStatus.Running, Given.Plan(), ended: 1) with { Trials = [new TrialSnapshot(0, TrialStatus.Completed, 20, counted), new TrialSnapshot(1, TrialStatus.Pending, null, null)] });
        page.WaitForAssertion(() => Assert.Contains("Lost updates", page.Find("[aria-label='Results by cell']").TextContent, StringComparison.Ordinal));
        Assert.Contains("77", page.Find("[aria-label='Results by cell'] tbody").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Progress_StoppedByTheRule_SaysSo()
    {
        var page = await OpenAsync(RunStatus.Running);
        var skipped = Given.Result(1) with { Status = TrialStatus.Skipped, Tasks = 0 };
        Live.Viewer!.Change(Snapshot(page.Instance.Id, RunStatus.Completed, Given.Plan(), ended: 2) with { Trials = [new TrialSnapshot(0, TrialStatus.Completed, 20, Given.Result(0)), new TrialSnapshot(1, TrialStatus.Skipped, null, skipped)] });
        page.WaitForAssertion(() => Assert.Contains("1 of 2 trials completed, 1 not needed: the figures were precise enough before", page.Find(".facts-line").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Open_Started_HasASpaceBetweenProgressAndTime()
    {
        var page = await OpenAsync(RunStatus.Running);
        Assert.Contains("0 of 2 trials. Started", page.Find(".facts-line").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Snapshot_Ended_ShowsFindingsAboveTheRest()
    {
        var page = await OpenAsync(RunStatus.Running);
        Time.Advance(TimeSpan.FromSeconds(1));
        Live.Viewer!.Change(Snapshot(page.Instance.Id, RunStatus.Completed, Given.Plan(), ended: 2));
        page.WaitForAssertion(() => Assert.Contains("What this shows", page.Markup, StringComparison.Ordinal));
        Assert.True(page.Markup.IndexOf("What this shows", StringComparison.Ordinal) < page.Markup.IndexOf("How it ran", StringComparison.Ordinal));
        Assert.Contains(page.FindAll("a"), link => link.HasAttribute("download") && string.Equals(link.GetAttribute("href"), $"/api/v1/runs/{page.Instance.Id}/export?as=json", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Snapshot_TasksFailed_ShowsTheirTracebacks()
    {
        var page = await OpenAsync(RunStatus.Running);
        var failed = Given.Result(0) with { Status = TrialStatus.Completed, Errors = 3, TaskErrors = [new TaskError(7, 0, "ValueError: no", "Traceback (most recent call last): …")] };
        Time.Advance(TimeSpan.FromSeconds(1));
        Live.Viewer!.Change(Snapshot(page.Instance.Id, RunStatus.Running, Given.Plan(), ended: 1) with { Trials = [new TrialSnapshot(0, TrialStatus.Completed, 20, failed), new TrialSnapshot(1, TrialStatus.Pending, null, null)] });
        page.WaitForAssertion(() => Assert.Contains("ValueError: no", page.Find(".failure summary").TextContent, StringComparison.Ordinal));
        Assert.Contains("Traceback (most recent call last)", page.Find(".failure pre").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Search_WhileItRuns_ShowsTheBudgetTheLeaderBoardAndOnlyWhatWasMeasured()
    {
        var spec = Given.Spec() with { Search = new SearchSpec { Budget = TimeSpan.FromSeconds(60) }, Load = new LoadSpec { Tasks = 200 }, Repeat = 3 };
        var run = await StoreRunAsync(status: RunStatus.Running, spec: spec);
        Live.Viewer = new FakeRunViewer(Snapshot(run.Id, RunStatus.Running, Given.Plan(), ended: 1) with { StartedAt = Time.GetUtcNow() - TimeSpan.FromSeconds(15) });

        var page = Render<RunPage>(parameters => parameters.Add(it => it.Id, run.Id));

        page.WaitForAssertion(() => Assert.Contains("1 trial measured; 15 s of 1 min used, 45 s left at most.", page.Find(".facts-line").TextContent, StringComparison.Ordinal));
        Assert.Equal(("15", "60"), (page.Find(".progress [role=progressbar]").GetAttribute("aria-valuenow"), page.Find(".progress [role=progressbar]").GetAttribute("aria-valuemax")));
        Assert.Single(page.FindAll("[aria-label='Leader board'] tbody tr"));
        Assert.Single(page.FindAll("[aria-label='Trials in the order of execution'] tbody tr"));
    }

    [Fact]
    public async Task Cancel_Confirmed_AsksTheControlPlane()
    {
        var page = await OpenAsync(RunStatus.Running);
        page.FindAll("button").Single(button => string.Equals(button.TextContent.Trim(), "Cancel", StringComparison.Ordinal)).Click();
        Dialogs.WaitForAssertion(() => Assert.Contains("Cancel this run?", Dialogs.Markup, StringComparison.Ordinal));
        Dialogs.FindAll("button").Single(button => string.Equals(button.TextContent.Trim(), "Cancel the run", StringComparison.Ordinal)).Click();
        page.WaitForAssertion(() => Assert.Equal(page.Instance.Id, Assert.Single(ControlPlane.Cancelled)));
    }

    [Fact]
    public async Task RunAgain_Ended_OpensTheNewRun()
    {
        var page = await OpenAsync(RunStatus.Completed, ended: 2);
        page.FindAll("button").Single(button => button.TextContent.Contains("Run again", StringComparison.Ordinal)).Click();
        page.WaitForAssertion(() => Assert.EndsWith($"/runs/{Assert.Single(ControlPlane.Submitted).Run}", Navigation.Uri, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Failed_Reason_IsShownToTheReader()
    {
        var page = await OpenAsync(RunStatus.Failed, reason: "No interpreter named python9 was found.");
        Assert.Equal("No interpreter named python9 was found.", page.Find("[role=alert]").TextContent.Trim());
    }

    [Fact]
    public async Task View_OfAnAddressThatNamesNone_IsTheFirst()
    {
        Navigation.NavigateTo("/?view=nonsense");
        var page = await OpenAsync(RunStatus.Completed, ended: 2);
        Assert.Equal("Speed-up and latency", page.Find("[role=tab][aria-selected=true]").TextContent);
    }

    [Fact]
    public async Task View_BeforeThereIsAPlan_IsNotOffered() => Assert.Empty((await OpenAsync(RunStatus.Queued, plan: null)).FindAll("[role=tab]"));

    [Fact]
    public async Task View_WhileItRuns_KitchenAndTimelineCanBeChosen()
    {
        Navigation.NavigateTo("/?view=kitchen");
        var page = await OpenAsync(RunStatus.Running);
        Assert.Equal("Kitchen", page.Find("[role=tab][aria-selected=true]").TextContent);
        Assert.NotEmpty(page.FindAll("[data-part=kitchen]"));
        page.Find("[data-view=timeline]").Click();
        page.WaitForAssertion(() => Assert.Empty(page.FindAll("[data-part=kitchen]")));
        Assert.NotEmpty(page.FindAll("[data-part=timeline]"));
    }

    [Fact]
    public async Task Guess_WhileItRuns_IsHiddenApartFromAReminder()
    {
        var page = await OpenAsync(RunStatus.Running, guess: new Guess(Strategy.Threads, null, null, 2));
        Assert.Contains("Somebody guessed", page.Find("[data-guess=hidden]").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("The guess was", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Guess_WhenTheRunHasEnded_IsAnswered()
    {
        var page = await OpenAsync(RunStatus.Running, guess: new Guess(Strategy.Sequential, null, null, null));
        Time.Advance(TimeSpan.FromSeconds(1));
        Live.Viewer!.Change(Snapshot(page.Instance.Id, RunStatus.Completed, Given.Plan(), ended: 2));
        page.WaitForAssertion(() => Assert.Equal("Guessed right", page.Find("[data-guess=right] h2").TextContent));
    }

    [Fact]
    public async Task Leave_Page_LeavesTheFeed()
    {
        await OpenAsync(RunStatus.Running);
        await DisposeComponentsAsync();
        Assert.True(Live.Viewer!.IsDisposed);
    }

    [Fact]
    public async Task Leave_WhileTheRunOpens_LeavesTheFeed()
    {
        var run = await StoreRunAsync(status: RunStatus.Running);
        var hold = new TaskCompletionSource();
        (Live.Viewer, Live.Hold) = (new FakeRunViewer(Snapshot(run.Id, RunStatus.Running, Given.Plan())), hold.Task);
        Render<RunPage>(parameters => parameters.Add(it => it.Id, run.Id));
        await Live.Asked.WaitAsync(Patience);

        await DisposeComponentsAsync();
        hold.SetResult();

        await Live.Viewer.Disposed.WaitAsync(Patience);
    }

    [Fact]
    public async Task Open_AnotherRunWhileOneOpens_ShowsItAndLeavesTheFeedOfTheFirst()
    {
        var (first, second) = (await StoreRunAsync("the first", RunStatus.Running), await StoreRunAsync("the second", RunStatus.Running));
        var hold = new TaskCompletionSource();
        var held = new FakeRunViewer(Snapshot(first.Id, RunStatus.Running, Given.Plan()));
        (Live.Viewer, Live.Hold) = (held, hold.Task);
        var page = Render<RunPage>(parameters => parameters.Add(it => it.Id, first.Id));
        await Live.Asked.WaitAsync(Patience);

        (Live.Viewer, Live.Hold) = (new FakeRunViewer(Snapshot(second.Id, RunStatus.Running, Given.Plan())), null);
        page.Render(parameters => parameters.Add(it => it.Id, second.Id));
        page.WaitForAssertion(() => Assert.Contains("the second", page.Find("h1").TextContent, StringComparison.Ordinal));
        hold.SetResult();

        await held.Disposed.WaitAsync(Patience);
        Assert.False(Live.Viewer.IsDisposed);
        Assert.Contains("the second", page.Find("h1").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_WhileItRuns_IsReadOutWithoutFiguresThatChange()
    {
        var page = await OpenAsync(RunStatus.Running);

        Assert.Contains("Running", page.FindAll("[role=status]").Select(region => region.TextContent.Trim()), StringComparer.Ordinal);
        Assert.DoesNotContain(page.FindAll("[role=status]"), region => region.TextContent.Contains("trials", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Open_ImportedRun_SaysSoAndOffersNothingThatNeedsARunner()
    {
        var import = Brigade.Web.Features.Imports.ImportedFile.Of(Brigade.Analysis.Importing.Importers.Read("x.json", """{"results":[{"command":"sleep 1","times":[1,2]}]}"""u8.ToArray()).Run!, null, Given.Noon, Given.Noon);
        var run = await Imports.ImportAsync(import);
        Live.Viewer = new FakeRunViewer(Snapshot(run.Id, RunStatus.Completed, import.Plan, ended: 2));
        var page = Render<RunPage>(parameters => parameters.Add(it => it.Id, run.Id));

        page.WaitForAssertion(() => Assert.Contains("Imported from hyperfine", page.Find("h1").TextContent, StringComparison.Ordinal));
        Assert.Contains("Where it comes from", page.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("0 B", page.Find("[aria-label='Results by cell']").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(">Show<", page.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("Run again", page.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("Edit as new experiment", page.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("What was asked", page.Markup, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("[role=tab]"));
    }

    private static RunSnapshot Snapshot(Guid id, RunStatus status, TrialPlan? plan, int ended = 0) => new(
        id, status, "", plan, plan is null ? null : Given.Machine,
        [.. (plan?.Trials ?? []).Select(trial => trial.Index < ended ? new TrialSnapshot(trial.Index, TrialStatus.Completed, 20, Given.Result(trial.Index)) : new TrialSnapshot(trial.Index, TrialStatus.Pending, null, null))],
        null, plan is null ? null : Given.Noon, status.IsTerminal() ? Given.Noon.AddSeconds(65) : null, null);

    private Task<IRenderedComponent<RunPage>> OpenAsync(RunStatus status, string reason = "", int ended = 0, Guess? guess = null) => OpenAsync(status, Given.Plan(), reason, ended, guess);

    private async Task<IRenderedComponent<RunPage>> OpenAsync(RunStatus status, TrialPlan? plan, string reason = "", int ended = 0, Guess? guess = null)
    {
        RunRow run = await StoreRunAsync(status: status);
        if (guess is not null)
            await Runs.GuessAsync(run.Id, GuessReading.Write(guess));
        Live.Viewer = new FakeRunViewer(Snapshot(run.Id, status, plan, ended) with { Reason = reason });
        var page = Render<RunPage>(parameters => parameters.Add(it => it.Id, run.Id));
        page.WaitForElement("h1 .status");
        return page;
    }
}

file static class Waiting
{
    public static void WaitForAssertion<T>(this IRenderedComponent<T> component, Action<IRenderedComponent<T>> assertion)
        where T : Microsoft.AspNetCore.Components.IComponent => component.WaitForAssertion(() => assertion(component));
}
