using Brigade.Contracts.Runs;
using Brigade.Data.Queries;
using Brigade.Web.Features.Compare;
using Brigade.Web.Tests.Support;
using Bunit;

namespace Brigade.Web.Tests.Features.Compare;

public sealed class ComparePageTests : PageTest
{
    [Fact]
    public async Task Open_NothingChosen_OffersEndedRuns()
    {
        var run = await Runs.MeasureAsync();
        await StoreRunAsync("queued");
        var page = Open("/compare");

        page.WaitForAssertion(() => Assert.Contains("Nothing to compare yet", page.Markup, StringComparison.Ordinal));
        page.WaitForAssertion(() => Assert.Equal("primes", page.Find(".found a").TextContent));
        Assert.Single(page.FindAll(".found li"));
        page.Find(".found button").Click();
        page.WaitForAssertion(() => Assert.EndsWith($"/compare?runs={run.Id}", Navigation.Uri, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Open_TwoRuns_SaysTheVerdictAndTheSides()
    {
        var (first, second) = (await Runs.MeasureAsync(100), await Runs.MeasureAsync(50, name: "primes again"));
        var page = Open(CompareLinks.Runs(first.Id, second.Id));

        page.WaitForElement(".verdict");
        Assert.Contains("Slower", page.Find(".verdict .main").TextContent, StringComparison.Ordinal);
        Assert.Equal(["primes", "primes again"], page.FindAll("[aria-label='The compared, with their machines'] tbody a").Select(link => link.TextContent), StringComparer.Ordinal);
        Assert.Contains("slower", page.Find("[aria-label='Comparison by cell'] .chip").TextContent, StringComparison.Ordinal);
        Assert.Equal(12, page.FindAll(".dot").Count(dot => dot.ParentElement!.ClassList.Contains("track")));
    }

    [Fact]
    public async Task Open_OtherMachine_IsSaidBeforeAnyFigure()
    {
        var (first, second) = (await Runs.MeasureAsync(), await Runs.MeasureAsync(machine: Given.Machine with { Cpu = "another", Cores = 64 }));
        var page = Open(CompareLinks.Runs(first.Id, second.Id));

        page.WaitForElement("[aria-label='Differences between the runs']");
        Assert.Contains("another", page.Find("[aria-label='Differences between the runs']").TextContent, StringComparison.Ordinal);
        Assert.Contains("mind", page.Find(".note-warning").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_OneRun_OffersItsCells()
    {
        var run = await Runs.MeasureAsync();
        var page = Open(CompareLinks.Runs(run.Id));

        page.WaitForElement("[aria-label=Cells] input");
        Assert.Empty(page.FindAll(".verdict"));
        Assert.NotNull(page.FindAll("button").Single(button => button.TextContent.Contains("Compare these cells", StringComparison.Ordinal)).GetAttribute("disabled"));
    }

    [Fact]
    public async Task Open_DeletedBrokenAndUnmeasured_AreToldAndTheRestCompared()
    {
        var (first, second, queued) = (await Runs.MeasureAsync(), await Runs.MeasureAsync(), await StoreRunAsync("not yet"));
        var page = Open($"/compare?runs={first.Id},{Guid.NewGuid()},{second.Id},{queued.Id},nonsense&cells=9");

        page.WaitForElement(".verdict");
        var notes = page.FindAll(".note-warning").Select(note => note.TextContent).ToList();
        Assert.Contains(notes, note => note.Contains("'nonsense' is no id of a run", StringComparison.Ordinal));
        Assert.Contains(notes, note => note.Contains("1 run of this address does not exist", StringComparison.Ordinal));
        Assert.Contains(notes, note => note.Contains("“not yet” has completed no trial", StringComparison.Ordinal));
        Assert.Contains(notes, note => note.Contains("there is no cell 9", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Base_AnotherRun_GoesToTheAddress()
    {
        var (first, second) = (await Runs.MeasureAsync(), await Runs.MeasureAsync());
        var page = Open(CompareLinks.Runs(first.Id, second.Id));
        page.WaitForElement(".verdict");

        page.FindAll("button.link").Single(button => button.TextContent.StartsWith("Compare with this", StringComparison.Ordinal)).Click();

        page.WaitForAssertion(() => Assert.EndsWith($"/compare?runs={second.Id},{first.Id}", Navigation.Uri, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Base_WhileItIsComparedAnew_KeepsWhatWasThere()
    {
        var (first, second) = (await Runs.MeasureAsync(), await Runs.MeasureAsync());
        var page = Open(CompareLinks.Runs(first.Id, second.Id));
        page.WaitForElement(".verdict");
        var before = page.FindComponent<SideTable>().Instance;

        page.FindAll("button.link").Single(button => button.TextContent.StartsWith("Compare with this", StringComparison.Ordinal)).Click();

        page.WaitForAssertion(() => Assert.Equal([second.Id, first.Id], page.FindComponent<SideTable>().Instance.Compared.Sides.Select(side => side.Run.Run.Row.Id)));
        Assert.Same(before, page.FindComponent<SideTable>().Instance);
        page.WaitForAssertion(() => Assert.Empty(page.FindAll("[aria-busy]")));
    }

    [Fact]
    public void Picker_ClosedByTheReader_StaysClosed()
    {
        var picker = Render<RunPicker>(parameters => parameters.Add(it => it.Chosen, []).Add(it => it.Open, true));
        picker.WaitForElement("#pick-search");

        picker.Find("summary").Click();
        picker.Render(parameters => parameters.Add(it => it.Chosen, [Guid.NewGuid()]).Add(it => it.Open, true));

        Assert.Empty(picker.FindAll("#pick-search"));
    }

    [Fact]
    public void Cells_ClosedByTheReader_StayClosed()
    {
        var run = Compared.Run(3);
        var picker = Render<CellPicker>(parameters => parameters.Add(it => it.Run, run).Add(it => it.Chosen, []).Add(it => it.Open, true));
        Assert.Equal(3, picker.FindAll("input").Count);

        picker.Find("summary").Click();
        picker.Render(parameters => parameters.Add(it => it.Run, run).Add(it => it.Chosen, [0]).Add(it => it.Open, true));

        Assert.Empty(picker.FindAll("input"));
    }

    [Fact]
    public async Task Remove_Run_LeavesTheOther()
    {
        var (first, second) = (await Runs.MeasureAsync(), await Runs.MeasureAsync());
        var page = Open(CompareLinks.Runs(first.Id, second.Id));
        page.WaitForElement(".verdict");

        page.FindAll("button.link").First(button => button.TextContent.StartsWith("Remove", StringComparison.Ordinal)).Click();

        page.WaitForAssertion(() => Assert.EndsWith($"/compare?runs={second.Id}", Navigation.Uri, StringComparison.Ordinal));
        page.WaitForElement("[aria-label=Cells] input");
    }

    [Fact]
    public async Task Running_Run_IsReadAgainUntilItEnds()
    {
        var first = await Runs.MeasureAsync();
        var second = await Runs.CreateAsync(Given.Spec("live"), 42, 6, null);
        await Runs.CommitAsync(second.Id, new RunChanges { Status = RunStatus.Running, Machine = Given.Machine, Plan = Given.Plan(6), Trials = [Given.Result(0)] });
        var page = Open(CompareLinks.Runs(first.Id, second.Id));
        page.WaitForAssertion(() => Assert.Contains("“live” is still running", page.Markup, StringComparison.Ordinal));

        await Runs.CommitAsync(second.Id, new RunChanges { Status = RunStatus.Completed, EndedAt = Given.Noon });
        Time.Advance(TimeSpan.FromSeconds(16));

        page.WaitForAssertion(() => Assert.DoesNotContain("still running", page.Markup, StringComparison.Ordinal));
    }

    private IRenderedComponent<ComparePage> Open(string address)
    {
        Navigation.NavigateTo(address);
        return Render<ComparePage>();
    }
}
