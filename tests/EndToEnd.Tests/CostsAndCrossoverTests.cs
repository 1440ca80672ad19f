using Microsoft.Playwright;

namespace Brigade.EndToEnd.Tests;

/// <summary>The tabs of a run's page, and the two views that say where time went and who wins where.</summary>
public sealed class CostsAndCrossoverTests(Product product)
{
    private const string Sweep = """
        { "version": 1, "name": "Where processes begin to pay", "workload": { "kernel": "cpu.primes" },
          "matrix": { "runtime": ["python"], "strategy": ["sequential", "threads", "processes"], "workers": [2], "payloadBytes": [0, 1048576], "params": { "limit": [500, 30000] } },
          "load": { "duration": "400ms" }, "repeat": 2, "warmup": { "tasks": 4 } }
        """;

    [Fact]
    public async Task Views_OfASweep_AreInTheAddressByKeyboardAndAccessibleOnDeskAndPhone()
    {
        var run = await product.SubmitAsync(Sweep);
        Assert.Equal("completed", await product.EndOfAsync(run));

        await UseKeyboardAsync(run);
        foreach (var view in new[] { "costs", "crossover" })
        {
            foreach (var (scheme, width) in new[] { (ColorScheme.Light, 1440), (ColorScheme.Dark, 1440), (ColorScheme.Light, 390), (ColorScheme.Dark, 390) })
            {
                var page = await product.NewPageAsync(scheme, width, width < 600 ? 844 : 900);
                await OpenAsync(page, $"/runs/{run}?view={view}");
                await Assertions.Expect(page.Locator($"[role=tab][data-view={view}]")).ToHaveAttributeAsync("aria-selected", "true");
                if (view == "costs")
                {
                    await Assertions.Expect(page.Locator(".cost-bar")).ToHaveCountAsync(8);
                    await Assertions.Expect(page.Locator(".strips svg").First).ToBeVisibleAsync();
                    await page.GetByText("All figures, and what the parts mean").ClickAsync();
                }
                else
                {
                    await page.Locator(".map .pick").Last.ClickAsync();
                    await Assertions.Expect(page.GetByRole(AriaRole.Region, new() { Name = "All that competed there" })).ToBeVisibleAsync();
                }

                await Product.AssertAccessibleAsync(page);
                var overflow = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - window.innerWidth");
                Assert.True(overflow <= 0, $"The view {view} is {overflow} px too wide at {width} px.");
                await Pictures.TakeAsync(page.Locator("[role=tabpanel]"), $"{view}-{(scheme == ColorScheme.Dark ? "dark" : "light")}{(width < 600 ? "-phone" : "")}");
                await page.Context.CloseAsync();
            }
        }
    }

    /// <summary>Opens a run's page and waits for its charts: what they draw comes through the circuit, so clicks do too.</summary>
    private async Task OpenAsync(IPage page, string path)
    {
        await product.GotoAsync(page, path);
        await page.Locator("[data-points]").First.WaitForAsync();
    }

    private async Task UseKeyboardAsync(Guid run)
    {
        var page = await product.NewPageAsync();
        await OpenAsync(page, $"/runs/{run}");
        await page.GetByRole(AriaRole.Tab, new() { Name = "Speed-up and latency" }).FocusAsync();
        await page.Keyboard.PressAsync("ArrowRight");
        await page.WaitForURLAsync("**/runs/*?view=costs");
        await Assertions.Expect(page.GetByRole(AriaRole.Tab, new() { Name = "Costs" })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("ArrowRight");
        await page.WaitForURLAsync("**/runs/*?view=crossover");
        await page.GetByLabel("Across").SelectOptionAsync("payloadBytes");
        await page.WaitForURLAsync("**/runs/*across=payloadBytes*");

        // From a place of the map to the row of the one that won there.
        await page.Locator(".map .pick").First.ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "its row in the results" }).First.ClickAsync();
        await page.WaitForURLAsync("**/runs/*#cell-*");
        Assert.True(await page.EvaluateAsync<bool>("!!document.getElementById(location.hash.slice(1))"));
        await page.Context.CloseAsync();
    }
}
