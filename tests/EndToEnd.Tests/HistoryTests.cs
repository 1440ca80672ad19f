using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Brigade.EndToEnd.Tests;

/// <summary>A team that watches week after week: something got slower, the overview tells, somebody looks and decides.</summary>
public sealed class HistoryTests(Product product)
{
    [Fact]
    public async Task Trend_ExperimentThatBecameSlower_IsToldOnceLookedAtAndAccepted()
    {
        var history = await SeededHistory.StoreAsync(null, product.Server.DataDirectory, "months of primes");
        var page = await product.NewPageAsync();
        await product.GotoAsync(page, "/");

        var change = page.Locator(".change").Filter(new() { HasText = "months of primes" });
        await Assertions.Expect(change).ToContainTextAsync("Throughput fell by 30 %", new() { Timeout = 60_000 });
        await Product.AssertAccessibleAsync(page);
        await change.GetByRole(AriaRole.Link, new() { Name = "Trend" }).ClickAsync();

        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Trend of months of primes");
        await page.Locator("[role=img] canvas").WaitForAsync();
        await Assertions.Expect(page.Locator("[role=img]:has(canvas)")).ToHaveAttributeAsync("aria-label", new Regex("36 runs.*Throughput fell by 30 %", RegexOptions.None, TimeSpan.FromSeconds(1)));
        await page.GetByLabel("What happened").FillAsync("upgraded the kernel");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator(".notes")).ToContainTextAsync("upgraded the kernel");

        foreach (var (scheme, width) in new[] { (ColorScheme.Light, 1440), (ColorScheme.Dark, 1440), (ColorScheme.Light, 390), (ColorScheme.Dark, 390) })
        {
            var look = await product.NewPageAsync(scheme, width, width < 600 ? 844 : 900);
            await product.GotoAsync(look, $"/experiments/{history.Experiment}/trend");
            await look.Locator("[role=img] canvas").WaitForAsync();
            await Product.AssertAccessibleAsync(look);
            Assert.True(await look.EvaluateAsync<int>("document.documentElement.scrollWidth - window.innerWidth") <= 0, $"The trend is too wide at {width} px.");
            await Pictures.TakeAsync(look, $"trend-{(scheme == ColorScheme.Dark ? "dark" : "light")}{(width < 600 ? "-phone" : "")}", full: true);
            await look.Context.CloseAsync();
        }

        await page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Accept:", RegexOptions.None, TimeSpan.FromSeconds(1)) }).ClickAsync();
        await page.Locator(".decide input").FillAsync("the new kernel is slower");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator(".change .said")).ToContainTextAsync("the new kernel is slower");
        await product.GotoAsync(page, "/");
        await Assertions.Expect(page.GetByText("No cell of an experiment has become faster or slower")).ToBeVisibleAsync();

        await product.GotoAsync(page, $"/experiments/{history.Experiment}/trend");
        await page.GetByRole(AriaRole.Region, new() { Name = "Figures of the trend" }).GetByRole(AriaRole.Link).First.ClickAsync();
        await page.WaitForURLAsync($"**/runs/{history.Runs[^1]}");
    }
}
