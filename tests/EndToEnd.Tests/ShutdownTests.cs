namespace Brigade.EndToEnd.Tests;

/// <summary>Ctrl-C, with a page open and a run under way.</summary>
public sealed class ShutdownTests
{
    [Fact]
    public async Task CtrlC_WithAPageOpen_EndsServerAndRunnerWithinFiveSeconds()
    {
        await using var server = await BrigadeServer.StartAsync();
        await using var browser = new Browser();
        await browser.StartAsync();
        var page = await browser.NewPageAsync();
        await page.GotoAsync(server.Link.ToString());
        await page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Run: Prime numbers, in Python and .NET" }).ClickAsync();
        await page.WaitForURLAsync("**/runs/*");
        await page.Locator("[data-points]").First.WaitForAsync();

        var took = await server.InterruptAsync();

        Assert.True(took < TimeSpan.FromSeconds(5), $"Ctrl-C took {took.TotalSeconds:0.0} s.");
        Assert.Empty(server.Survivors());
    }
}
