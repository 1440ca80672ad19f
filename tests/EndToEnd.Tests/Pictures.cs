using Microsoft.Playwright;

namespace Brigade.EndToEnd.Tests;

/// <summary>Screenshots for the documentation: taken where <c>BRIGADE_PICTURES</c> names a directory (docs/make-pictures.sh does).</summary>
internal static class Pictures
{
    private static readonly string? Directory = Environment.GetEnvironmentVariable("BRIGADE_PICTURES");

    public static async Task TakeAsync(IPage page, string name, bool full = false)
    {
        if (Directory is not null)
        {
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Directory, name + ".png"), FullPage = full });
        }
    }
}
