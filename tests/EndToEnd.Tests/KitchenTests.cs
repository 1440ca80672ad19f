using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Playwright;

namespace Brigade.EndToEnd.Tests;

/// <summary>The kitchen and the timeline of a trial, and the guess before a run.</summary>
public sealed class KitchenTests(Product product)
{
    [Fact]
    public async Task ThreadsAgainstProcesses_InTheKitchen_SaysThatThreadsWaitForTheGil()
    {
        var run = await product.SubmitAsync("""
            { "version": 1, "name": "one stove", "workload": { "kernel": "cpu.primes", "params": { "limit": 20000 } }, "order": "listed",
              "matrix": { "runtime": ["python"], "strategy": ["threads", "processes"], "workers": [4] }, "load": { "duration": "4s" }, "repeat": 1 }
            """);
        var page = await product.NewPageAsync(height: 1300);
        var problems = new List<string>();
        page.PageError += (_, error) => problems.Add(error);
        await product.GotoAsync(page, $"/runs/{run}?view=kitchen");

        // Live: the picture follows the trial that runs.
        await FramesAsync(page, 5);
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Follow live" })).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("[data-part=kitchen] .chef")).ToHaveCountAsync(4);
        Assert.Equal("completed", await product.EndOfAsync(run));
        // The page of an ended run is another one: what is chosen on the one before may be lost.
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "What this shows" })).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await FramesAsync(page, 10);

        await page.Locator("#kitchen-trial").SelectOptionAsync("0");
        await Assertions.Expect(page.Locator("[data-part=title]")).ToContainTextAsync("4 chefs, one stove");
        await Assertions.Expect(page.Locator("[data-part=captions]")).ToContainTextAsync("the GIL lets one thread at a time run Python code");
        await Assertions.Expect(page.Locator("[data-part=moment]")).ToContainTextAsync("waiting for the one stove (the GIL)");
        await Product.AssertAccessibleAsync(page);
        await ShowAsync(page);
        await Pictures.TakeAsync(page, "kitchen-light");

        await page.Locator("#kitchen-trial").SelectOptionAsync("1");
        await Assertions.Expect(page.Locator("[data-part=title]")).ToContainTextAsync("4 kitchens");
        await Assertions.Expect(page.Locator("[data-part=captions]")).Not.ToContainTextAsync("GIL");
        await Assertions.Expect(page.Locator("[data-part=captions]")).ToContainTextAsync("Carrying plates");
        await ReplayAsync(page);
        await ShowAsync(page);
        await Pictures.TakeAsync(page, "kitchen-processes");
        Assert.Empty(problems);
        await LookAsync(run);
    }

    [Fact]
    public async Task Timeline_ZoomedByKeyboard_ShowsTasksOneByOneWithTheirFigures()
    {
        var run = await product.SubmitAsync("""
            { "version": 1, "name": "lanes", "workload": { "kernel": "io.sleep", "params": { "milliseconds": 30 } },
              "matrix": { "runtime": ["python"], "strategy": ["threads"], "workers": [3] }, "load": { "duration": "3s" }, "repeat": 1 }
            """);
        Assert.Equal("completed", await product.EndOfAsync(run));
        var page = await product.NewPageAsync();
        await product.GotoAsync(page, $"/runs/{run}?view=timeline");
        await FramesAsync(page, 20);
        var timeline = page.Locator("[data-part=timeline]");

        await timeline.FocusAsync();
        await page.Keyboard.PressAsync("+");
        await page.Keyboard.PressAsync("+");
        await page.WaitForFunctionAsync("() => { const it = document.querySelector('[data-part=timeline]').dataset; return Number(it.bars) >= 10 && Number(it.to) - Number(it.from) < 1500; }");
        await Assertions.Expect(page.Locator("[data-part=says]")).ToContainTextAsync("are shown");
        await page.Keyboard.PressAsync("n");
        await page.Keyboard.PressAsync("n");

        await Assertions.Expect(page.Locator("[data-tip]")).ToContainTextAsync("thread 1: done after");
        await Assertions.Expect(page.Locator("[data-tip]")).ToContainTextAsync("on a processor");
        await page.GetByText("The same as a table").ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Region, new() { Name = "What each worker did" }).Locator("tbody tr")).ToHaveCountAsync(3);
        await Product.AssertAccessibleAsync(page);
        await ShowAsync(page);
        await Pictures.TakeAsync(page, "timeline-light");
    }

    [Fact]
    public async Task Guess_RunEnds_IsAnsweredByTheResult()
    {
        using var content = new StringContent(
            """
            { "spec": { "version": 1, "name": "guessed", "workload": { "kernel": "io.sleep", "params": { "milliseconds": 20 } },
                "matrix": { "runtime": ["python"], "strategy": ["sequential", "threads"], "workers": [8] }, "load": { "tasks": 80 }, "repeat": 2 },
              "guess": { "strategy": "threads", "workers": 8, "speedup": 8 } }
            """,
            new MediaTypeHeaderValue("application/json"));
        using var response = await product.Api.PostAsync(new Uri("/api/v1/runs", UriKind.Relative), content);
        response.EnsureSuccessStatusCode();
        var run = (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
        var page = await product.NewPageAsync();
        await product.GotoAsync(page, $"/runs/{run}");

        await Assertions.Expect(page.Locator("[data-guess=right]")).ToContainTextAsync("threads with 8 workers, 8× as fast", new() { Timeout = 120_000 });
        await Product.AssertAccessibleAsync(page);
        await Pictures.TakeAsync(page, "guess-answer");
    }

    /// <summary>In the dark, on a phone, and for who wants no motion.</summary>
    private async Task LookAsync(Guid run)
    {
        foreach (var (name, scheme, width, view) in new[]
        {
            ("kitchen-dark", ColorScheme.Dark, 1440, "kitchen"), ("kitchen-light-phone", ColorScheme.Light, 390, "kitchen"), ("timeline-dark-phone", ColorScheme.Dark, 390, "timeline"),
        })
        {
            var page = await product.NewPageAsync(scheme, width, 1300);
            await page.EmulateMediaAsync(new() { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
            await product.GotoAsync(page, $"/runs/{run}?view={view}");
            await FramesAsync(page, 10);
            await page.Locator("#kitchen-trial").SelectOptionAsync("0");
            await Assertions.Expect(page.Locator("[data-part=title]")).ToContainTextAsync("4 chefs");
            await Product.AssertAccessibleAsync(page);
            var overflow = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - window.innerWidth");
            Assert.True(overflow <= 0, $"{name} is {overflow} px too wide.");
            await ShowAsync(page);
            await Pictures.TakeAsync(page, name);
            await page.Context.CloseAsync();
        }
    }

    private static async Task ReplayAsync(IPage page)
    {
        var clock = page.Locator("[data-player=clock]");
        await page.Locator("[data-player=scrub]").FillAsync("0");
        await Assertions.Expect(clock).ToContainTextAsync("0 s of");
        await page.Locator("[data-player=speed]").SelectOptionAsync("5");
        await page.GetByRole(AriaRole.Button, new() { Name = "Play" }).ClickAsync();
        await page.WaitForFunctionAsync("() => Number(document.querySelector('[data-player=scrub]').value) > 1500");
        await page.GetByRole(AriaRole.Button, new() { Name = "Pause" }).Or(page.GetByRole(AriaRole.Button, new() { Name = "Play" })).ClickAsync();
        await Assertions.Expect(page.Locator("[data-part=kitchen] .count")).Not.ToHaveTextAsync("0");
    }

    private static Task FramesAsync(IPage page, int least) => page.WaitForFunctionAsync("least => Number(document.querySelector('.kitchen')?.dataset.frames) >= least", least, new() { Timeout = 120_000 });

    private static Task ShowAsync(IPage page) => page.Locator("[role=tablist]").EvaluateAsync("it => scrollTo(0, it.getBoundingClientRect().top + scrollY - 80)");
}
