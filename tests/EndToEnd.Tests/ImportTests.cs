using Microsoft.Playwright;

namespace Brigade.EndToEnd.Tests;

/// <summary>Results of another tool: from its file to the history, and out again as a report.</summary>
public sealed class ImportTests(Product product)
{
    private const string Hyperfine =
        """
        { "results": [
          { "command": "sleep 0.1 # <b>not bold</b>", "mean": 0.102, "median": 0.102, "user": 0.001, "system": 0.002, "min": 0.101, "max": 0.103, "times": [0.101, 0.102, 0.103], "exit_codes": [0, 0, 0] },
          { "command": "sleep 0.2", "mean": 0.202, "median": 0.202, "user": 0.001, "system": 0.002, "min": 0.201, "max": 0.203, "times": [0.201, 0.202, 0.203], "exit_codes": [0, 0, 1] } ] }
        """;

    [Fact]
    public async Task HyperfineFile_ImportedFromTheHistory_IsARunThatCanBeDownloadedAsAReport()
    {
        var page = await product.NewPageAsync();
        await product.GotoAsync(page, "/history");
        await page.GetByRole(AriaRole.Link, new() { Name = "Import results" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Import results" })).ToBeVisibleAsync();

        await page.GetByLabel("Drop a file here, or choose one").SetInputFilesAsync(new FilePayload { Name = "nightly-sleeps.json", MimeType = "application/json", Buffer = System.Text.Encoding.UTF8.GetBytes(Hyperfine) });
        await Assertions.Expect(page.GetByText("6 trials of 2 benchmarks")).ToBeVisibleAsync();
        await Product.AssertAccessibleAsync(page);
        await Pictures.TakeAsync(page, "import-preview", full: true);
        await page.GetByRole(AriaRole.Button, new() { Name = "Import", Exact = true }).ClickAsync();

        await page.WaitForURLAsync("**/runs/*");
        await Assertions.Expect(page.Locator("h1")).ToContainTextAsync("Imported from hyperfine");
        await Assertions.Expect(page.GetByText("Where it comes from")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Run again" })).ToHaveCountAsync(0);
        await Product.AssertAccessibleAsync(page);
        await Pictures.TakeAsync(page, "imported-run", full: true);

        await page.GetByText("Download", new() { Exact = true }).ClickAsync();
        await Product.AssertAccessibleAsync(page);
        await Pictures.TakeAsync(page, "imported-run-menu");
        var report = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "HTML report" }).ClickAsync());
        Assert.Equal("nightly-sleeps.html", report.SuggestedFilename);
        await AssertReportAsync(await report.PathAsync());

        await product.GotoAsync(page, "/history?q=nightly-sleeps");
        await Assertions.Expect(page.GetByRole(AriaRole.Row, new() { Name = "nightly-sleeps" })).ToContainTextAsync("imported from hyperfine");
        await page.Context.CloseAsync();
    }

    /// <summary>The file as somebody opens it who has no Brigade: in either scheme, on a desk and on a phone, nothing for axe and nothing that the policy refuses.</summary>
    private async Task AssertReportAsync(string path)
    {
        var html = Path.ChangeExtension(path, ".html");
        File.Copy(path, html, overwrite: true);
        foreach (var (scheme, width) in new[] { (ColorScheme.Light, 1200), (ColorScheme.Dark, 1200), (ColorScheme.Light, 390), (ColorScheme.Dark, 390) })
        {
            var page = await product.NewPageAsync(scheme, width);
            var problems = new List<string>();
            page.Console += (_, message) => problems.Add(message.Text);
            page.Request += (_, request) => problems.AddRange(request.Url.StartsWith("file:", StringComparison.Ordinal) ? [] : [request.Url]);
            await page.GotoAsync(new Uri(html).ToString());

            await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("nightly-sleeps");
            await Assertions.Expect(page.GetByRole(AriaRole.Img)).ToHaveCountAsync(2);
            var overflow = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - window.innerWidth");
            Assert.True(overflow <= 0, $"The report is {overflow} px too wide at {width} px.");
            Assert.Empty(problems);
            await Pictures.TakeAsync(page, $"report-{(scheme == ColorScheme.Dark ? "dark" : "light")}{(width < 600 ? "-phone" : "")}", full: true);
            await Product.AssertAccessibleAsync(page);
            await page.Context.CloseAsync();
        }

        File.Delete(html);
    }
}
