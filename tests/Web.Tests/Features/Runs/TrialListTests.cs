using Brigade.Contracts.Plan;
using Brigade.Contracts.Runs;
using Brigade.Web.Features.Runs;
using Brigade.Web.Live;
using Brigade.Web.Tests.Support;
using Bunit;

namespace Brigade.Web.Tests.Features.Runs;

public sealed class TrialListTests : BunitContext
{
    private static readonly TrialSnapshot Pending = new(1, TrialStatus.Pending, null, null);
    private static readonly TrialSnapshot Done = new(0, TrialStatus.Completed, 20, Given.Result(0));

    private readonly TrialPlan _plan = Given.Plan();
    private int? _selected;

    [Fact]
    public void Render_Trials_HasTheFiguresOfThoseThatEnded()
    {
        var rows = Open([Done, Pending]).FindAll("tbody tr").Select(row => row.TextContent).ToList();
        Assert.Contains("Completed", rows[0], StringComparison.Ordinal);
        Assert.Contains("100/s", rows[0], StringComparison.Ordinal);
        Assert.Contains("Waiting", rows[1], StringComparison.Ordinal);
        Assert.DoesNotContain("/s", rows[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Show_Clicked_SelectsAndASecondTimeLetsGo()
    {
        var list = Open([Done, Pending]);
        list.Find("button").Click();
        Assert.Equal(0, _selected);
        list.Render(parameters => parameters.Add(it => it.Selected, 0));
        Assert.Equal("true", list.Find("button").GetAttribute("aria-pressed"));
        Assert.Contains("selected", list.FindAll("tbody tr")[0].ClassName, StringComparison.Ordinal);
        list.Find("button").Click();
        Assert.Null(_selected);
    }

    [Fact]
    public void Snapshot_NothingChanged_RendersNothing()
    {
        var list = Open([Done, Pending]);
        list.Render(parameters => parameters.Add(it => it.Trials, [Done with { }, Pending with { }]));
        Assert.Equal(1, list.RenderCount);
    }

    [Fact]
    public void Snapshot_OneTrialChanged_RendersItsRowOnly()
    {
        var list = Open([Done, Pending]);
        var before = Renderings(list);
        list.Render(parameters => parameters.Add(it => it.Trials, [Done, Pending with { Status = TrialStatus.Running }]));
        Assert.Equal([false, true], Renderings(list).Zip(before, (now, then) => now > then));
        Assert.Contains("Running", list.FindAll("tbody tr")[1].TextContent, StringComparison.Ordinal);
    }

    private static List<int> Renderings(IRenderedComponent<TrialList> list) => [.. list.FindComponents<TrialListRow>().Select(row => row.RenderCount)];

    private IRenderedComponent<TrialList> Open(IReadOnlyList<TrialSnapshot> trials) => Render<TrialList>(parameters => parameters
        .Add(list => list.Plan, _plan).Add(list => list.Trials, trials).Add(list => list.SelectedChanged, trial => _selected = trial));
}
