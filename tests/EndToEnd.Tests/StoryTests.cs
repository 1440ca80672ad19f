using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Playwright;

namespace Brigade.EndToEnd.Tests;

/// <summary>The product's first story: pick an experiment, press Run, watch, read what it shows.</summary>
public sealed class StoryTests(Product product)
{
    [Fact]
    public async Task PrimesPreset_RunFromTheOverview_ShowsTheRaceAndSaysThatThreadsDoNotScale()
    {
        var page = await product.NewPageAsync();
        await product.GotoAsync(page, "/");
        await page.GetByRole(AriaRole.Button, new() { Name = "Run: Prime numbers, in Python and .NET" }).ClickAsync();
        await page.WaitForURLAsync("**/runs/*");

        // Live: the chart has points while the run is on, and the strategies are named beside it.
        await page.Locator("[data-points]").First.WaitForAsync();
        foreach (var strategy in new[] { "sequential", "threads", "async", "pool", "processes" })
        {
            await Assertions.Expect(page.GetByText(strategy, new() { Exact = true }).First).ToBeVisibleAsync();
        }

        await page.WaitForFunctionAsync("() => document.body.innerText.match(/(\\d+) of 54 trials/)?.[1] >= 18", null, new() { Timeout = 120_000 });
        await Pictures.TakeAsync(page, "run-live");
        await EndedAsync(page);

        var finding = page.Locator("[data-finding='gil-threads']");
        await Assertions.Expect(finding).ToContainTextAsync("Python's threads do not scale");
        var result = await ResultAsync(page);
        var threads = Throughput(result, "python", "threads", 2);
        var processes = Throughput(result, "python", "processes", 2);
        Assert.True(processes > threads, $"Two processes did {processes:0} tasks a second, two threads {threads:0}.");
        Assert.All(result.GetProperty("trials").EnumerateArray(), trial => Assert.Equal("completed", trial.GetProperty("status").GetString()));
        await Product.AssertAccessibleAsync(page);
        await Pictures.TakeAsync(page, "run-light");
    }

    [Fact]
    public async Task SlowAnswersPreset_RunInTheDark_SaysThatWaitingOverlapsAndAsyncSuffices()
    {
        var page = await product.NewPageAsync(ColorScheme.Dark);
        await product.GotoAsync(page, "/");
        await page.GetByRole(AriaRole.Button, new() { Name = "Run: Waiting for slow answers" }).ClickAsync();
        await page.WaitForURLAsync("**/runs/*");
        await EndedAsync(page);

        await Assertions.Expect(page.Locator("[data-finding='waiting-overlaps']").First).ToContainTextAsync("async", new() { IgnoreCase = true });
        var result = await ResultAsync(page);
        Assert.Equal("slow-io", result.GetProperty("advice").GetProperty("class").GetString());
        Assert.Equal("async", result.GetProperty("advice").GetProperty("strategy").GetString());
        await Product.AssertAccessibleAsync(page);
        await Pictures.TakeAsync(page, "run-dark");
    }

    [Fact]
    public async Task LateViewer_OpensInTheMiddle_SeesTheWholeSeries()
    {
        var run = await product.SubmitAsync("""
            { "version": 1, "name": "watched late", "workload": { "kernel": "io.sleep", "params": { "milliseconds": 5 } },
              "matrix": { "runtime": ["python"], "strategy": ["threads"], "workers": [2] }, "load": { "duration": "6s" }, "repeat": 1 }
            """);
        var early = await product.NewPageAsync();
        await product.GotoAsync(early, $"/runs/{run}");
        await PointsAsync(early, 20);

        var late = await product.NewPageAsync();
        var opened = Stopwatch.GetTimestamp();
        await product.GotoAsync(late, $"/runs/{run}");
        var points = await PointsAsync(late, 20);
        var seconds = Stopwatch.GetElapsedTime(opened).TotalSeconds;

        // Ten frames a second: what came since opening cannot explain all the points.
        Assert.True(points > seconds * 10, $"{points} points {seconds:0.0} s after opening");
        Assert.Equal("completed", await product.EndOfAsync(run));
    }

    private static async Task EndedAsync(IPage page)
    {
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "What this shows" })).ToBeVisibleAsync(new() { Timeout = 240_000 });
        await Assertions.Expect(page.GetByText("Completed", new() { Exact = true }).First).ToBeVisibleAsync();
    }

    private async Task<JsonElement> ResultAsync(IPage page) =>
        await product.Api.GetFromJsonAsync<JsonElement>(new Uri($"/api/v1/runs/{new Uri(page.Url).Segments[^1]}/result", UriKind.Relative));

    private static double Throughput(JsonElement result, string runtime, string strategy, int workers) =>
        result.GetProperty("cells").EnumerateArray().Single(cell => cell.GetProperty("cell") is var at
            && at.GetProperty("runtime").GetString()!.StartsWith(runtime, StringComparison.Ordinal)
            && at.GetProperty("strategy").GetString() == strategy
            && at.GetProperty("workers").GetInt32() == workers).GetProperty("median").GetProperty("throughputPerSecond").GetDouble();

    private static async Task<int> PointsAsync(IPage page, int atLeast)
    {
        await page.WaitForFunctionAsync("least => Number(document.querySelector('[data-points]')?.dataset.points) >= least", atLeast);
        return int.Parse((await page.Locator("[data-points]").First.GetAttributeAsync("data-points"))!, System.Globalization.CultureInfo.InvariantCulture);
    }
}
