using Microsoft.Playwright;

namespace Brigade.Benchmarks;

/// <summary>The page of a run in a real browser, which notes when the charts have drawn each frame.</summary>
internal sealed class LivePage(IPage page)
{
    public async Task OpenAsync(LiveRun run)
    {
        await page.GotoAsync(run.Page.ToString());
        await page.EvaluateAsync("""
            () => {
              window.drawn = [];
              const root = document.body;
              const note = () => {
                const points = Number(document.querySelector("[data-points]")?.dataset.points ?? 0);
                while (window.drawn.length < points) window.drawn.push(performance.timeOrigin + performance.now());
              };
              new MutationObserver(note).observe(root, { subtree: true, childList: true, attributes: true, attributeFilter: ["data-points"] });
            }
            """);
    }

    /// <summary>When each of so many frames was drawn, in milliseconds since 1970; waits until they are.</summary>
    public async Task<double[]> DrawnAsync(int frames)
    {
        await page.WaitForFunctionAsync($"() => window.drawn.length >= {frames}", null, new PageWaitForFunctionOptions { Timeout = 60_000 });
        return await page.EvaluateAsync<double[]>("() => window.drawn");
    }
}
