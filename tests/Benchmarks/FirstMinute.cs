using System.Diagnostics;
using Brigade.Tests.Shared;
using Microsoft.Playwright;

namespace Brigade.Benchmarks;

/// <summary>What a newcomer waits for once the product is built: the link, the first page, the first frame on screen, and the prompt after Ctrl-C.</summary>
internal sealed class FirstMinute : ISuite
{
    public string Name => "first-minute";

    public string Title => "The first minute: the built product, a new data directory, a real browser";

    public async IAsyncEnumerable<Row> MeasureAsync(int rounds)
    {
        var link = new List<double>();
        var page = new List<double>();
        var frame = new List<double>();
        var end = new List<double>();
        for (var round = 0; round < rounds; round++)
        {
            await using var browser = new Browser();
            await browser.StartAsync();
            await using var server = await BrigadeServer.StartAsync();
            link.Add(server.StartTime.TotalSeconds);

            var tab = await browser.NewPageAsync();
            var button = tab.GetByRole(AriaRole.Button, new() { Name = "Run: Prime numbers, in Python and .NET" });
            page.Add(await TimeAsync(async () =>
            {
                await tab.GotoAsync(server.Link.ToString());
                await button.WaitForAsync();
            }));
            await tab.WaitForLoadStateAsync(LoadState.NetworkIdle);
            frame.Add(await TimeAsync(async () =>
            {
                await button.ClickAsync();
                await tab.Locator("[data-points]").First.WaitForAsync();
            }));
            end.Add((await server.InterruptAsync()).TotalSeconds);
        }

        yield return Bar("the built program, start to the printed link (without `dotnet run`'s own check of the build)", link, 8);
        yield return Bar("opening the link to the first page", page, 3);
        yield return Bar("pressing Run to the first frame on screen", frame, 2);
        yield return Bar("Ctrl-C to the prompt, with the page open and a run under way", end, 5);
    }

    private static Row Bar(string what, List<double> seconds, double bound)
    {
        var sample = new Sample(seconds, " s");
        return new Row(what, "—", sample, $"under {bound} s", sample.Median < bound);
    }

    private static async Task<double> TimeAsync(Func<Task> action)
    {
        var start = Stopwatch.GetTimestamp();
        await action();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
