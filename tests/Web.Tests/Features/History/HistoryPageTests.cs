using Brigade.Contracts.Runs;
using Brigade.Data.Queries;
using Brigade.Web.Features.History;
using Brigade.Web.Tests.Features.Compare;
using Brigade.Web.Tests.Support;
using Bunit;

namespace Brigade.Web.Tests.Features.History;

public sealed class HistoryPageTests : PageTest
{
    [Fact]
    public void Open_NoRuns_SaysHowToBegin() => Contains(Open(), "Nothing was measured yet");

    [Fact]
    public async Task Open_Runs_ShowsThemWithTheirState()
    {
        await StoreRunAsync("alpha", RunStatus.Completed);
        var page = Open();
        Contains(page, "alpha");
        Assert.Equal("1 min 5 s", page.Find("td.nowrap").TextContent);
        Assert.Contains("Completed", page.Find("tbody .status").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_FilterInTheAddress_IsApplied()
    {
        await StoreRunAsync("alpha", RunStatus.Completed);
        await StoreRunAsync("beta", RunStatus.Failed);
        var page = Open("/history?status=failed");
        Contains(page, "beta");
        Assert.DoesNotContain("alpha", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Choose_TwoRuns_LeadsToTheirComparisonOldestFirst()
    {
        List<Guid> ids = [];
        foreach (var name in new[] { "older", "newer" })
        {
            ids.Add((await Runs.MeasureAsync(name: name)).Id);
            Time.Advance(TimeSpan.FromMinutes(1));
        }

        await StoreRunAsync("queued");
        var page = Open();
        Contains(page, "newer");
        Assert.NotNull(page.FindAll("input[aria-label^='Compare ']")[0].GetAttribute("disabled"));
        page.FindAll("input[aria-label^='Compare ']")[1].Change(true);
        Assert.Contains("1 run chosen; choose another one", page.Find(".compare-bar").TextContent, StringComparison.Ordinal);
        page.FindAll("input[aria-label^='Compare ']")[2].Change(true);

        Assert.Equal($"/compare?runs={ids[0]},{ids[1]}", page.Find(".compare-bar a").GetAttribute("href"));
        page.FindAll(".compare-bar button").First(button => button.TextContent.Contains("Clear", StringComparison.Ordinal)).Click();
        Assert.Empty(page.FindAll(".compare-bar"));
    }

    [Fact]
    public async Task Search_Typed_GoesToTheAddressAfterAWhile()
    {
        await StoreRunAsync("alpha");
        var page = Open();
        page.Find("#search").Input("zzz");
        Time.Advance(TimeSpan.FromMilliseconds(400));
        page.WaitForAssertion(() => Assert.EndsWith("/history?q=zzz", Navigation.Uri, StringComparison.Ordinal));
        Contains(page, "No run matches");
    }

    [Fact]
    public async Task Sort_Name_GoesToTheAddress()
    {
        await StoreRunAsync("beta");
        await StoreRunAsync("alpha");
        var page = Open();
        Contains(page, "beta");
        page.FindAll("button.sort")[0].Click();
        page.WaitForAssertion(() => Assert.EndsWith("/history?sort=name", Navigation.Uri, StringComparison.Ordinal));
        page.WaitForAssertion(() => Assert.Equal("alpha", page.Find("tbody a").TextContent));
    }

    [Fact]
    public async Task Next_MoreThanAPage_ShowsTheRest()
    {
        for (var run = 0; run < HistoryQuery.PageSize + 2; run++)
            await StoreRunAsync($"run {run}");
        var page = Open();
        Contains(page, "1 to 25 of 27 runs");
        page.FindAll("button").Single(button => string.Equals(button.TextContent.Trim(), "Next page", StringComparison.Ordinal)).Click();
        Contains(page, "26 to 27 of 27 runs");
        Assert.EndsWith("page=2", Navigation.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wait_OpenRunEnds_ShowsIt()
    {
        var run = await StoreRunAsync("alpha", RunStatus.Running);
        var page = Open();
        Contains(page, "Running");
        await Runs.CommitAsync(run.Id, new RunChanges { Status = RunStatus.Completed, EndedAt = Given.Noon.AddSeconds(65) });
        Time.Advance(TimeSpan.FromSeconds(6));
        page.WaitForAssertion(() => Assert.Equal("1 min 5 s", page.Find("td.nowrap").TextContent));
    }

    [Fact]
    public async Task Wait_NewRun_ComesToTheFirstPage()
    {
        await StoreRunAsync("alpha", RunStatus.Completed);
        var page = Open();
        Contains(page, "alpha");

        await StoreRunAsync("brand new");
        Time.Advance(TimeSpan.FromSeconds(6));

        Contains(page, "brand new");
    }

    [Theory]
    [InlineData("abc")]
    [InlineData("99999999999")]
    [InlineData("-1")]
    public async Task Open_PageThatIsNoNumber_IsTheFirst(string number)
    {
        await StoreRunAsync("alpha");
        Contains(Open($"/history?page={number}"), "1 to 1 of 1 run");
    }

    [Fact]
    public async Task Columns_Always_SayThatTheTimeIsTheOneOfQueueing()
    {
        await StoreRunAsync("alpha");
        var page = Open();
        Contains(page, "alpha");
        Assert.Equal(["Compare", "Name", "Status", "Workload", "Trials", "Queued", "Took"], page.FindAll("thead th").Select(title => title.TextContent.TrimEnd('↓', '↑', ' ')), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Search_PauseAfterASpace_KeepsTheSpace()
    {
        await StoreRunAsync("alpha beta");
        var page = Open();
        page.Find("#search").Input("alpha ");
        Time.Advance(TimeSpan.FromMilliseconds(400));
        page.WaitForAssertion(() => Assert.EndsWith("/history?q=alpha", Navigation.Uri, StringComparison.Ordinal));
        Contains(page, "1 to 1 of 1 run");
        Assert.Equal("alpha ", page.Find("#search").GetAttribute("value"));
    }

    [Fact]
    public async Task Source_Imported_ShowsOnlyThose()
    {
        await StoreRunAsync("alpha");
        await Runs.ImportAsync([new ImportedRun(Given.Spec() with { Name = "beta" }, "k6", null, Given.Plan(1), [Given.Result(0)], Given.Noon, Given.Noon, null)]);
        var page = Open();
        Contains(page, "imported: k6");

        page.Find("#source").Change("imported");

        page.WaitForAssertion(() => Assert.Equal(["beta"], page.FindAll("tbody a").Select(link => link.TextContent), StringComparer.Ordinal));
        Assert.EndsWith("/history?source=imported", Navigation.Uri, StringComparison.Ordinal);
    }

    private static void Contains(IRenderedComponent<HistoryPage> page, string text) => page.WaitForAssertion(() => Assert.Contains(text, page.Markup, StringComparison.Ordinal));

    private IRenderedComponent<HistoryPage> Open(string address = "/history")
    {
        Navigation.NavigateTo(address);
        return Render<HistoryPage>();
    }
}
