using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Playwright;

namespace Brigade.EndToEnd.Tests;

/// <summary>A page whose connection is cut while it watches a run.</summary>
public sealed class ConnectionTests(Product product)
{
    [Fact]
    public async Task LiveRun_ConnectionCutForAWhile_SaysSoAndCatchesUpWithoutAGap()
    {
        await using var proxy = CuttableProxy.Start(product.Server.Address);
        var run = await product.SubmitAsync("""
            { "version": 1, "name": "cut off", "workload": { "kernel": "io.sleep", "params": { "milliseconds": 5 } },
              "matrix": { "runtime": ["python"], "strategy": ["threads"], "workers": [2] }, "load": { "duration": "12s" }, "repeat": 1 }
            """);
        var page = await product.NewPageAsync();
        var bySocket = 0;
        page.WebSocket += (_, socket) => socket.FrameReceived += (_, _) => bySocket += socket.Url.Contains("/live/", StringComparison.Ordinal) ? 1 : 0;
        await page.GotoAsync(new Uri(proxy.Address, $"/runs/{run}").ToString());
        await page.WaitForFunctionAsync("() => Number(document.querySelector('[data-points]')?.dataset.points) >= 10");

        await proxy.CutAsync();
        var dialog = page.Locator("#components-reconnect-modal");
        await Assertions.Expect(dialog).ToBeVisibleAsync(new() { Timeout = 30_000 });
        await Product.AssertAccessibleAsync(page);
        var before = await PointsAsync(page);
        // Something has to be missed.
        await product.ReachFrameAsync(run, before + 20);
        proxy.Mend();

        await Assertions.Expect(dialog).ToBeHiddenAsync(new() { Timeout = 60_000 });
        Assert.Equal("completed", await product.EndOfAsync(run));
        var frames = (await product.Api.GetFromJsonAsync<JsonElement>(new Uri($"/api/v1/runs/{run}/frames", UriKind.Relative))).GetArrayLength();
        await page.WaitForFunctionAsync("all => Number(document.querySelector('[data-points]')?.dataset.points) === all", frames, new() { Timeout = 30_000 });
        Assert.True(frames > before + 20, $"{frames} frames, {before} before the cut.");
        Assert.True(bySocket > 0, "No frame came by the socket of the charts.");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "What this shows" })).ToBeVisibleAsync(new() { Timeout = 30_000 });
        await page.Context.CloseAsync();
    }

    private static Task<int> PointsAsync(IPage page) => page.EvaluateAsync<int>("() => Number(document.querySelector('[data-points]').dataset.points)");
}
