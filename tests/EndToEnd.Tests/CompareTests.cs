using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Playwright;

namespace Brigade.EndToEnd.Tests;

/// <summary>The story of a regression: run twice, compare, pin the baseline, make the code slower, run again and be told.</summary>
public sealed class CompareTests(Product product)
{
    private const float Patience = 60_000;

    [Fact]
    public async Task Baseline_CodeBecameSlower_IsToldOnTheRunAndThroughTheApi()
    {
        var experiment = await StoreAsync(100_000);
        await RunAsync(experiment);
        var second = await RunAsync(experiment);

        // Chosen in the history, side by side.
        var page = await product.NewPageAsync();
        await product.GotoAsync(page, "/history?q=watched%20for%20regressions");
        var boxes = page.GetByRole(AriaRole.Checkbox, new() { Name = "Compare watched for regressions" });
        await Assertions.Expect(boxes).ToHaveCountAsync(2, new() { Timeout = Patience });
        await boxes.Nth(0).CheckAsync();
        await boxes.Nth(1).CheckAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Compare", Exact = true }).ClickAsync();
        await page.WaitForURLAsync("**/compare?runs=*");
        await Assertions.Expect(page.Locator(".verdict .main")).ToBeVisibleAsync(new() { Timeout = Patience });
        await Assertions.Expect(page.GetByRole(AriaRole.Region, new() { Name = "Comparison by cell" }).Locator("tbody tr")).ToHaveCountAsync(2, new() { Timeout = Patience });

        // Pinned, then measured against.
        await product.GotoAsync(page, $"/runs/{second}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Pin as baseline" }).ClickAsync();
        await page.GetByLabel("Note").FillAsync("before the change");
        await Product.AssertAccessibleAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Pin", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByText("before the change")).ToBeVisibleAsync(new() { Timeout = Patience });
        await ChangeAsync(experiment, 600_000);
        var third = await RunAsync(experiment);

        // A machine that is busy with other work gives no verdict, and never a wrong one; page and API say the same.
        var answer = await product.Api.GetFromJsonAsync<JsonElement>(new Uri($"/api/v1/runs/{third}/comparison", UriKind.Relative));
        Assert.True(answer.GetProperty("verdict").GetString() is "slower" or "not-enough-data", answer.GetProperty("text").GetString());
        Assert.Equal("before the change", answer.GetProperty("baseline").GetProperty("note").GetString());
        await product.GotoAsync(page, $"/runs/{third}");
        await Assertions.Expect(page.GetByText($"Against the baseline: {answer.GetProperty("text").GetString()}")).ToBeVisibleAsync(new() { Timeout = Patience });
        await Product.AssertAccessibleAsync(page);
        await page.GetByRole(AriaRole.Link, new() { Name = "See the comparison" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Region, new() { Name = "Differences between the runs" })).ToContainTextAsync("code", new() { Timeout = Patience });
        await AssertEverySizeAsync(page.Url);
        await page.Context.CloseAsync();
    }

    private async Task AssertEverySizeAsync(string url)
    {
        foreach (var (scheme, width) in new[] { (ColorScheme.Light, 1440), (ColorScheme.Dark, 1440), (ColorScheme.Light, 390), (ColorScheme.Dark, 390) })
        {
            var page = await product.NewPageAsync(scheme, width, width < 600 ? 844 : 900);
            await product.GotoAsync(page, url);
            await Assertions.Expect(page.Locator(".verdict .main")).ToBeVisibleAsync(new() { Timeout = Patience });
            await Assertions.Expect(page.Locator("canvas").First).ToBeVisibleAsync(new() { Timeout = Patience });
            await Product.AssertAccessibleAsync(page);
            var overflow = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - window.innerWidth");
            Assert.True(overflow <= 0, $"The comparison is {overflow} px too wide at {width} px.");
            await Pictures.TakeAsync(page, $"compare-{(scheme == ColorScheme.Dark ? "dark" : "light")}{(width < 600 ? "-phone" : "")}", full: true);
            await page.Context.CloseAsync();
        }
    }

    private async Task<Guid> StoreAsync(int steps)
    {
        using var response = await product.Api.PostAsJsonAsync(new Uri("/api/v1/experiments", UriKind.Relative), new { spec = Spec(steps) });
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
    }

    private async Task ChangeAsync(Guid experiment, int steps)
    {
        using var response = await product.Api.PutAsJsonAsync(new Uri($"/api/v1/experiments/{experiment}", UriKind.Relative), new { version = 1, spec = Spec(steps) });
        response.EnsureSuccessStatusCode();
    }

    private async Task<Guid> RunAsync(Guid experiment)
    {
        using var response = await product.Api.PostAsJsonAsync(new Uri("/api/v1/runs", UriKind.Relative), new { experimentId = experiment });
        response.EnsureSuccessStatusCode();
        var run = (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
        Assert.Equal("completed", await product.EndOfAsync(run));
        return run;
    }

    // Six times the work on the same processor: told on however busy a machine.
    private static object Spec(int steps) => new
    {
        version = 1,
        name = "watched for regressions",
        workload = new { code = new { language = "python", source = $"def task(index):\n    return sum(range({steps}))\n" } },
        matrix = new { runtime = new[] { "python" }, strategy = new[] { "threads" }, workers = new[] { 1, 2 } },
        load = new { tasks = 60 },
        warmup = new { tasks = 2 },
        repeat = 7,
    };
}
