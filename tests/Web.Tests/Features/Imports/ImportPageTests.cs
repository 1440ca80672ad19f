using Brigade.Data.Queries;
using Brigade.Web.Features.Imports;
using Brigade.Web.Tests.Support;
using Bunit;
using Microsoft.AspNetCore.Components.Forms;

namespace Brigade.Web.Tests.Features.Imports;

public sealed class ImportPageTests : PageTest
{
    private const string Hyperfine = """{"results":[{"command":"sleep <b>","times":[0.1,0.2,0.1]}]}""";

    [Fact]
    public void Open_NoFile_ListsTheToolsAndHowTheirFilesAreMade()
    {
        var page = Render<ImportPage>();

        Assert.Equal("pytest-benchmark, BenchmarkDotNet, hyperfine, k6, Locust", string.Join(", ", page.FindAll(".tools dt").Select(tool => tool.TextContent)));
    }

    [Fact]
    public async Task Choose_GoodFile_ShowsWhatWillComeAndImportsIt()
    {
        var page = Render<ImportPage>();
        page.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromText(Hyperfine, "nightly.json", lastChanged: Given.Noon.AddDays(-2)));

        page.WaitForElement("[aria-label='Benchmarks in the file']");
        Assert.Equal("nightly", page.Find("#name").GetAttribute("value"));
        Assert.Equal("sleep <b>", page.Find(".benchmark").TextContent);
        Assert.Contains("its own date counts, 3 Jan 2026", page.Markup, StringComparison.Ordinal);

        page.Find("#name").Input("Sleeps");
        page.FindAll("button").Single(button => button.TextContent == "Import").Click();

        page.WaitForAssertion(() => Assert.Contains("/runs/", Navigation.Uri, StringComparison.Ordinal));
        var run = Assert.Single((await Runs.ListAsync(new RunQuery())).Items);
        Assert.Equal(("Sleeps", "hyperfine", Given.Noon.AddDays(-2)), (run.Name, run.Source, run.StartedAt));
    }

    [Fact]
    public async Task Choose_BrokenFile_SaysWhereAndOffersNoImport()
    {
        var page = Render<ImportPage>();
        page.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromText("{\"results\":[{\"command\":\"x\",\"times\":[-1]}]}", "x.json"));

        Assert.Contains("line 1, column 37 (/results/0/times/0): -1 cannot be", page.WaitForElement("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("#name"));
        Assert.Equal(0, (await Runs.ListAsync(new RunQuery())).Total);
    }

    [Fact]
    public void Choose_AnotherTool_ReadsTheFileAgain()
    {
        var page = Render<ImportPage>();
        page.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromText(Hyperfine, "x.json"));
        page.WaitForElement("#name");

        page.Find("#tool").Change("k6");

        Assert.Contains("This looks like a file of hyperfine, not of k6.", page.Find("[role=alert]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_SameFileAgain_LeadsToTheFirstAndAsks()
    {
        var page = Render<ImportPage>();
        page.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromText(Hyperfine, "x.json"));
        page.WaitForElement("#name");
        page.FindAll("button").Single(button => button.TextContent == "Import").Click();
        page.WaitForAssertion(() => Assert.Contains("/runs/", Navigation.Uri, StringComparison.Ordinal));
        var first = Assert.Single((await Runs.ListAsync(new RunQuery())).Items);

        page.FindAll("button").Single(button => button.TextContent == "Import").Click();

        Assert.Equal($"/runs/{first.Id}", page.WaitForElement("[role=alert] a").GetAttribute("href"));
        page.FindAll("button").Single(button => button.TextContent == "Import it anyway").Click();
        page.WaitForAssertion(() => Assert.Empty(page.FindAll("[role=alert]")));
        Assert.Equal(2, (await Runs.ListAsync(new RunQuery())).Total);
    }

    [Fact]
    public async Task Import_NameOfAnExperimentOfOurOwn_TellsTheReader()
    {
        await Experiments.CreateAsync(Given.Spec("x"));
        var page = Render<ImportPage>();
        page.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromText(Hyperfine, "x.json"));
        page.WaitForElement("#name");

        page.FindAll("button").Single(button => button.TextContent == "Import").Click();

        Assert.Contains("Give the import another name", page.WaitForElement("[role=alert]").TextContent, StringComparison.Ordinal);
    }
}
