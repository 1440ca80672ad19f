using Microsoft.Playwright;

namespace Brigade.EndToEnd.Tests;

/// <summary>The story of an open load: more arrives than the workers can do, and latency tells.</summary>
public sealed class OpenLoadTests(Product product)
{
    [Fact]
    public async Task ArrivalRate_AboveWhatTheWorkersCan_ShowsOfferedDroppedAndBothLatencies()
    {
        var page = await product.NewPageAsync();
        await product.GotoAsync(page, "/experiments/new?preset=slow-io");
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("too many arrivals");
        await page.GetByLabel("dotnet", new() { Exact = false }).First.UncheckAsync();
        foreach (var strategy in new[] { "sequential", "async", "pool", "processes" })
        {
            await page.GetByRole(AriaRole.Checkbox, new() { Name = strategy, Exact = true }).UncheckAsync();
        }

        await page.GetByLabel("Workers", new() { Exact = true }).FillAsync("2");
        await page.GetByLabel("Repetitions", new() { Exact = true }).FillAsync("1");
        // Two workers that wait 50 ms each do 40 a second.
        await page.GetByLabel("Arrival rate", new() { Exact = true }).CheckAsync();
        await page.GetByLabel("Arrivals", new() { Exact = true }).FillAsync("80/s");
        await page.GetByLabel("For", new() { Exact = true }).FillAsync("4s");
        await page.GetByLabel("Most under way", new() { Exact = true }).FillAsync("20");
        await Assertions.Expect(page.GetByText("About 320 arrivals in 4 s")).ToBeVisibleAsync();
        await Product.AssertAccessibleAsync(page);

        await page.GetByRole(AriaRole.Button, new() { Name = "Run", Exact = true }).ClickAsync();
        await page.WaitForURLAsync("**/runs/*");
        await Assertions.Expect(page.Locator("[data-now]")).ToContainTextAsync("offered", new() { Timeout = 60_000 });
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "What this shows" })).ToBeVisibleAsync(new() { Timeout = 60_000 });

        var results = page.GetByRole(AriaRole.Region, new() { Name = "Results by cell" });
        foreach (var column in new[] { "Offered", "Dropped", "p99 uncorrected", "Late starts" })
        {
            await Assertions.Expect(results.GetByRole(AriaRole.Columnheader, new() { Name = column })).ToBeVisibleAsync();
        }

        await Assertions.Expect(page.GetByText("from the moment at which a task should have started")).ToBeVisibleAsync();
        await Product.AssertAccessibleAsync(page);
        await AssertFitsAPhoneAsync(page);
        await page.Context.CloseAsync();
    }

    private static async Task AssertFitsAPhoneAsync(IPage page)
    {
        await page.SetViewportSizeAsync(390, 844);
        await Product.AssertAccessibleAsync(page);
        var overflow = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - window.innerWidth");
        Assert.True(overflow <= 0, $"The page of the run is {overflow} px too wide at 390 px.");
    }
}
