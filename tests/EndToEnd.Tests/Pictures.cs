using Microsoft.Playwright;

namespace Brigade.EndToEnd.Tests;

/// <summary>Screenshots to look at, and for the documentation: taken where <c>BRIGADE_PICTURES</c> names a directory (docs/make-pictures.sh does).</summary>
internal static class Pictures
{
    private static readonly string? Directory = Environment.GetEnvironmentVariable("BRIGADE_PICTURES");

    /// <param name="full">All of the page, however long.</param>
    public static async Task TakeAsync(IPage page, string name, bool full = false)
    {
        if (Directory is null)
            return;
        var size = page.ViewportSize;
        if (full && size is not null)
        {
            // As tall a window as the page: what sticks to the window's edges is where it belongs, and nothing has the focus.
            await page.EvaluateAsync("document.activeElement?.blur()");
            await page.SetViewportSizeAsync(size.Width, Math.Max(size.Height, await page.EvaluateAsync<int>("document.documentElement.scrollHeight")));
        }

        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Of(name), Animations = ScreenshotAnimations.Disabled });
        if (full && size is not null)
            await page.SetViewportSizeAsync(size.Width, size.Height);
    }

    /// <summary>One part of a page.</summary>
    public static Task TakeAsync(ILocator part, string name) =>
        Directory is null ? Task.CompletedTask : part.ScreenshotAsync(new LocatorScreenshotOptions { Path = Of(name), Animations = ScreenshotAnimations.Disabled });

    private static string Of(string name) => Path.Combine(Directory!, name + ".png");
}
