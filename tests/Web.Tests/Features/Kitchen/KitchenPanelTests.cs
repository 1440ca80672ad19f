using System.Text.Json;
using Brigade.Contracts.Plan;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;
using Brigade.Web.Features.Kitchen;
using Brigade.Web.Live;
using Brigade.Web.Tests.Support;
using Bunit;

namespace Brigade.Web.Tests.Features.Kitchen;

public sealed class KitchenPanelTests : PageTest
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TrialPlan Plan = new([Kitchens.Cell(Strategy.Threads, 4), Kitchens.Cell(Strategy.Processes, 2)], [new(0, 0, 1), new(1, 1, 1)], 1, []);

    [Fact]
    public void Open_EndedRun_ShowsItsLastTrialInWordsAndSendsItsTasks()
    {
        var panel = Open(RunStatus.Completed, selected: null, Threads(0), Threads(1), Processes(0));

        panel.WaitForAssertion(() => Assert.StartsWith("2 kitchens with a chef each, 2 stoves: 2 of them in use", panel.Find("[data-part=title]").TextContent, StringComparison.Ordinal));
        Assert.Equal("rooms", Scene().GetProperty("layout").GetString());
        Assert.Single(Points());
        Assert.Contains("process 1", panel.Find("tbody").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_TrialOfThreads_SaysThatTheyWaitForTheGil()
    {
        var panel = Open(RunStatus.Completed, selected: 0, [.. Enumerable.Range(0, 20).Select(Threads), Processes(0)]);

        panel.WaitForAssertion(() => Assert.Contains("the GIL lets one thread at a time", panel.Find("[data-part=captions]").TextContent, StringComparison.Ordinal));
        Assert.Equal(20, Points().Length);
        Assert.Equal(1, Points()[0].GetProperty("s").GetProperty("w").GetArrayLength());
    }

    [Fact]
    public void Frames_OfTheNextTrial_MoveThePictureToIt()
    {
        var panel = Open(RunStatus.Running, selected: null, Threads(0));
        panel.WaitForAssertion(() => Assert.Equal("room", Scene().GetProperty("layout").GetString()));

        Live.Viewer!.Add(Processes(0));

        panel.WaitForAssertion(() => Assert.Equal("rooms", Scene().GetProperty("layout").GetString()));
        Assert.True(Scene().GetProperty("live").GetBoolean());
    }

    [Fact]
    public void Select_OtherTrial_SendsAllOfItAgain()
    {
        var panel = Open(RunStatus.Completed, selected: null, Threads(0), Threads(1), Processes(0));
        panel.WaitForAssertion(() => Assert.Single(Points()));

        panel.Render(parameters => parameters.Add(it => it.Selected, 0));

        panel.WaitForAssertion(() => Assert.Equal(2, Points().Length));
        Assert.Equal("room", Scene().GetProperty("layout").GetString());
    }

    [Fact]
    public void Timeline_Alone_HasNoPicture()
    {
        var panel = Open(RunStatus.Completed, selected: null, picture: false, Threads(0));

        Assert.Empty(panel.FindAll("[data-part=kitchen]"));
        Assert.NotEmpty(panel.FindAll("[data-part=timeline]"));
    }

    [Fact]
    public async Task Leave_Panel_LeavesTheFeed()
    {
        Open(RunStatus.Running, selected: null, Threads(0));
        await DisposeComponentsAsync();
        Assert.True(Live.Viewer!.IsDisposed);
    }

    [Fact]
    public async Task Leave_WhileTheFeedOpens_LeavesIt()
    {
        var hold = new TaskCompletionSource();
        Live.Hold = hold.Task;
        Render(RunStatus.Running, selected: null, picture: true);
        await Live.Asked.WaitAsync(Patience);

        await DisposeComponentsAsync();
        hold.SetResult();

        await Live.Viewer!.Disposed.WaitAsync(Patience);
    }

    [Fact]
    public void TryAgain_AfterTheFeedWasLost_SendsWhatCameBeforeToo()
    {
        var panel = Open(RunStatus.Running, selected: null, Threads(0), Threads(1));
        panel.WaitForAssertion(() => Assert.Equal(2, Points().Length));
        Live.Viewer!.Fail(new InvalidOperationException("The cable was cut."));
        panel.WaitForElement("[role=alert] button").Click();

        panel.WaitForAssertion(() => Assert.Equal(2, Kitchen.Invocations["append"].Count));
        Assert.Equal(2, Points().Length);
        Assert.Empty(panel.FindAll("[role=alert]"));
    }

    private static Frame Threads(int number) => Kitchens.Frame(number, 1, Kitchens.Busy(4, 0.25)) with { Spans = new TaskSpans([0], [0], [1_000], []) };

    private static Frame Processes(int number) => Kitchens.Frame(number, 2, Kitchens.Busy(2, 1, WorkerState.Running)) with { Trial = 1 };

    private JsonElement Scene() => JsonSerializer.SerializeToElement(Kitchen.Invocations["scene"][^1].Arguments[0]);

    private JsonElement[] Points() => [.. JsonSerializer.SerializeToElement(Kitchen.Invocations["append"][^1].Arguments[0]).GetProperty("points").EnumerateArray()];

    private IRenderedComponent<KitchenPanel> Open(RunStatus status, int? selected, params Frame[] frames) => Open(status, selected, picture: true, frames);

    private IRenderedComponent<KitchenPanel> Open(RunStatus status, int? selected, bool picture, params Frame[] frames)
    {
        var panel = Render(status, selected, picture, frames);
        panel.WaitForAssertion(() => Assert.NotEmpty(Kitchen.Invocations["append"]));
        return panel;
    }

    private IRenderedComponent<KitchenPanel> Render(RunStatus status, int? selected, bool picture, params Frame[] frames)
    {
        var snapshot = new RunSnapshot(Guid.NewGuid(), status, "", Plan, Given.Machine, [.. Plan.Trials.Select(trial => new TrialSnapshot(trial.Index, TrialStatus.Running, null, null))], 0, Given.Noon, null, null);
        Live.Viewer = new FakeRunViewer(snapshot);
        Live.Viewer.Add(frames);
        return Render<KitchenPanel>(parameters => parameters.Add(it => it.Snapshot, snapshot).Add(it => it.Spec, Given.Spec()).Add(it => it.Selected, selected).Add(it => it.WithPicture, picture));
    }
}
