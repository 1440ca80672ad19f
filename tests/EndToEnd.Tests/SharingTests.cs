using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Brigade.Web.Tests.Support;
using Microsoft.Playwright;

namespace Brigade.EndToEnd.Tests;

/// <summary>A result that goes out, and what members say about it.</summary>
public sealed class SharingTests(Product product)
{
    [Fact]
    public async Task ARun_SharedFromItsPage_IsReadByAStrangerOnDeskAndPhoneInLightAndDark()
    {
        var run = await ImportAsync("shared-sleeps");
        var page = await product.NewPageAsync();
        await product.GotoAsync(page, $"/runs/{run}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Share", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByLabel("Link to this page")).ToHaveValueAsync(new Uri(product.Server.Address, $"/runs/{run}").ToString());
        await page.GetByLabel("Note (for whom it is)").FillAsync("for Eve");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make a link" }).ClickAsync();
        var url = await page.GetByLabel("Link", new() { Exact = true }).InputValueAsync();
        await Assertions.Expect(page.GetByText("for Eve")).ToBeVisibleAsync();
        await Product.AssertAccessibleAsync(page);
        await Pictures.TakeAsync(page, "share-dialog");

        foreach (var (scheme, width) in new[] { (ColorScheme.Light, 1200), (ColorScheme.Dark, 1200), (ColorScheme.Light, 390), (ColorScheme.Dark, 390) })
        {
            foreach (var part in new[] { "", "/embed" })
            {
                var visitor = await product.NewStrangerAsync(scheme, width);
                var problems = new List<string>();
                visitor.Console += (_, message) => problems.Add(message.Text);
                await visitor.GotoAsync(url + part);
                await Assertions.Expect(visitor.Locator("body")).ToContainTextAsync("shared-sleeps");
                await Assertions.Expect(visitor.Locator("svg").First).ToBeVisibleAsync();
                await Product.AssertAccessibleAsync(visitor);
                Assert.Equal(0, await visitor.EvaluateAsync<int>("Math.max(0, document.documentElement.scrollWidth - window.innerWidth)"));
                Assert.DoesNotContain(problems, problem => !problem.Contains("favicon", StringComparison.Ordinal) && !problem.Contains("401", StringComparison.Ordinal));
                await Pictures.TakeAsync(visitor, $"shared{(part.Length > 0 ? "-embed" : "")}-{(scheme == ColorScheme.Dark ? "dark" : "light")}{(width < 600 ? "-phone" : "")}", full: true);
                await visitor.Context.CloseAsync();
            }
        }

        await page.GetByRole(AriaRole.Button, new() { Name = "Revoke" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Revoke", Exact = true }).Last.ClickAsync();
        await Assertions.Expect(page.GetByText("for Eve")).ToHaveCountAsync(0);
        var late = await product.NewStrangerAsync();
        Assert.Equal(404, (await late.GotoAsync(url))!.Status);
        await Product.AssertAccessibleAsync(late);
    }

    [Fact]
    public async Task APassword_AskedOfAStranger_OpensTheResult()
    {
        var run = await ImportAsync("locked-sleeps");
        using var made = await product.Api.PostAsync(new Uri("/api/v1/shares", UriKind.Relative), Json($$"""{ "runId": "{{run}}", "password": "correct horse" }"""));
        var url = (await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("url").GetString()!;
        var visitor = await product.NewStrangerAsync(ColorScheme.Dark, 390);
        await visitor.GotoAsync(url);
        await Product.AssertAccessibleAsync(visitor);

        await visitor.GetByLabel("Password").FillAsync("correct horse");
        await visitor.GetByRole(AriaRole.Button, new() { Name = "Show the result" }).ClickAsync();

        await Assertions.Expect(visitor.Locator("h1")).ToContainTextAsync("locked-sleeps");
    }

    [Fact]
    public async Task AComment_WithEveryHostileText_RunsNoScript()
    {
        var dialogs = new List<string>();
        var run = await ImportAsync(string.Join(" ", XssPayloads.All.Take(2)));
        foreach (var payload in XssPayloads.All)
        {
            using var response = await product.Api.PostAsync(new Uri($"/api/v1/runs/{run}/comments", UriKind.Relative), Json(JsonSerializer.Serialize(new { text = payload })));
            response.EnsureSuccessStatusCode();
        }

        foreach (var payload in XssPayloads.All.Take(20))
        {
            using var shared = await product.Api.PostAsync(new Uri("/api/v1/shares", UriKind.Relative), Json(JsonSerializer.Serialize(new { runId = run, note = payload })));
            shared.EnsureSuccessStatusCode();
        }

        using var last = await product.Api.PostAsync(new Uri("/api/v1/shares", UriKind.Relative), Json(JsonSerializer.Serialize(new { runId = run })));
        var url = (await last.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("url").GetString()!;
        var page = await product.NewPageAsync();
        page.Dialog += async (_, dialog) =>
        {
            dialogs.Add(dialog.Message);
            await dialog.DismissAsync();
        };

        await product.GotoAsync(page, $"/runs/{run}");
        await Assertions.Expect(page.Locator(".comments li")).ToHaveCountAsync(XssPayloads.All.Count);
        await Product.AssertAccessibleAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Share", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator(".links li")).ToHaveCountAsync(21);
        foreach (var path in new[] { "/history", "/settings?tab=shares", "/settings?tab=audit", "/mentions" })
            await product.GotoAsync(page, path);
        await page.GotoAsync(url);
        await page.GotoAsync(url + "/embed");

        Assert.Empty(dialogs);
        Assert.Equal(0, await page.Locator("script").CountAsync());
    }

    private static StringContent Json(string text) => new(text, new MediaTypeHeaderValue("application/json"));

    private async Task<Guid> ImportAsync(string name)
    {
        using var content = Json("""{"results":[{"command":"sleep 1","times":[1,1.1]},{"command":"sleep 2","times":[2,2.1]}]}""");
        using var imported = await product.Api.PostAsync(new Uri($"/api/v1/imports?name={Uri.EscapeDataString(name)}", UriKind.Relative), content);
        imported.EnsureSuccessStatusCode();
        return (await imported.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
    }
}
