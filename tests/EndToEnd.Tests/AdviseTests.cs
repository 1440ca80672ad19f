using Microsoft.Playwright;

namespace Brigade.EndToEnd.Tests;

/// <summary>The story of somebody who knows the work and not how to run it: "Advise me", a budget, the leader board, the answer.</summary>
public sealed class AdviseTests(Product product)
{
    [Fact]
    public async Task AdviseMe_WaitingWork_FindsMoreWorkersAndSaysWhy()
    {
        var page = await product.NewPageAsync();
        await product.GotoAsync(page, "/");
        await page.GetByRole(AriaRole.Link, new() { Name = "Advise me", Exact = true }).First.ClickAsync();
        await page.WaitForURLAsync("**/experiments/new?preset=advise");
        await Assertions.Expect(page.GetByLabel("Budget", new() { Exact = true })).ToHaveValueAsync("45s");
        await Product.AssertAccessibleAsync(page);

        await page.GetByLabel("Kernel", new() { Exact = true }).SelectOptionAsync("io.sleep");
        await page.GetByLabel("dotnet", new() { Exact = false }).First.UncheckAsync();
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "sequential", Exact = true }).CheckAsync();
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "threads", Exact = true }).CheckAsync();
        await page.GetByLabel("Workers", new() { Exact = true }).FillAsync("4, 16");
        await page.GetByLabel("Budget", new() { Exact = true }).FillAsync("20s");
        await Assertions.Expect(page.GetByText("A search among")).ToContainTextAsync("3 candidates");

        await page.GetByRole(AriaRole.Button, new() { Name = "Run", Exact = true }).ClickAsync();
        await page.WaitForURLAsync("**/runs/*");
        await Assertions.Expect(page.GetByRole(AriaRole.Region, new() { Name = "Leader board" })).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "What this shows" })).ToBeVisibleAsync(new() { Timeout = 90_000 });

        await Assertions.Expect(page.Locator("[data-advised]")).ToContainTextAsync("threads × 16");
        await Assertions.Expect(page.Locator("[data-runner-up]")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("[data-evidence=cpu-share]")).ToBeVisibleAsync();
        await Product.AssertAccessibleAsync(page);
        await page.SetViewportSizeAsync(390, 844);
        await Product.AssertAccessibleAsync(page);
        var overflow = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - window.innerWidth");
        Assert.True(overflow <= 0, $"The page of the search is {overflow} px too wide at 390 px.");
        await page.Context.CloseAsync();
    }
}
