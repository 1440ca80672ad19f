using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Playwright;

namespace Brigade.EndToEnd.Tests;

/// <summary>Menus close like any menu.</summary>
public sealed class MenuTests(Product product)
{
    [Fact]
    public async Task Download_EscapeTabAndAClickElsewhere_CloseIt()
    {
        using var content = new StringContent("{\"results\":[{\"command\":\"sleep 1\",\"times\":[1,1.1]}]}", new MediaTypeHeaderValue("application/json"));
        using var imported = await product.Api.PostAsync(new Uri("/api/v1/imports?name=menus", UriKind.Relative), content);
        var run = (await imported.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
        var page = await product.NewPageAsync();
        await product.GotoAsync(page, $"/runs/{run}");
        var summary = page.Locator("details.download summary");
        var links = page.Locator("details.download a");

        await summary.ClickAsync();
        await Assertions.Expect(links.First).ToBeVisibleAsync();
        await links.First.FocusAsync();
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(links.First).ToBeHiddenAsync();
        await Assertions.Expect(summary).ToBeFocusedAsync();

        await summary.ClickAsync();
        await links.Last.FocusAsync();
        await page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(links.First).ToBeHiddenAsync();

        await summary.ClickAsync();
        await Assertions.Expect(links.First).ToBeVisibleAsync();
        await page.Locator("h1").ClickAsync();
        await Assertions.Expect(links.First).ToBeHiddenAsync();
        await page.Context.CloseAsync();
    }
}
