using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Brigade.EndToEnd.Tests;

/// <summary>Two people in two browsers share a workspace. On a server of its own: roles end sessions.</summary>
public sealed partial class TeamTests : IAsyncLifetime
{
    private const string NewExperiment = "/experiments/new?preset=primes";

    private readonly Browser _browser = new();
    private BrigadeServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        await _browser.StartAsync();
        _server = await BrigadeServer.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Invitation_ThenAnotherRole_DecidesWhatTheOtherBrowserMay()
    {
        var owner = await _browser.NewPageAsync();
        await owner.GotoAsync(_server.Link.ToString());
        await owner.GotoAsync(At("/settings?tab=members"));
        await owner.GetByLabel("E-mail (may stay empty)").FillAsync("cook@example.org");
        await owner.GetByLabel("As", new() { Exact = true }).SelectOptionAsync("viewer");
        await owner.GetByRole(AriaRole.Button, new() { Name = "Make a link" }).ClickAsync();
        var link = await owner.GetByLabel("The link", new() { Exact = true }).InputValueAsync();
        await Product.AssertAccessibleAsync(owner);

        var cook = await _browser.NewPageAsync();
        await cook.GotoAsync(link);
        await Product.AssertAccessibleAsync(cook);
        await cook.GetByLabel("Name", new() { Exact = true }).FillAsync("Cook");
        await cook.GetByLabel("Password").FillAsync("ten cooks ten dishes");
        await cook.GetByRole(AriaRole.Button, new() { Name = "Make my account and join" }).ClickAsync();
        await Assertions.Expect(cook.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
        await cook.GotoAsync(At(NewExperiment));
        await Assertions.Expect(cook.GetByLabel("Name", new() { Exact = true }).First).ToBeVisibleAsync();
        await Assertions.Expect(cook.GetByRole(AriaRole.Button, new() { Name = "Run", Exact = true })).ToHaveCountAsync(0);
        Assert.Equal(403, await RunAsync(cook));

        // The page that is open in the other browser ends and comes back as another one's: nobody loads it.
        await owner.ReloadAsync();
        await owner.GetByLabel("Role of Cook").SelectOptionAsync("Editor");
        await Assertions.Expect(cook.GetByRole(AriaRole.Button, new() { Name = "Run", Exact = true })).ToBeVisibleAsync(new() { Timeout = 30_000 });
        await cook.GetByRole(AriaRole.Button, new() { Name = "Run", Exact = true }).ClickAsync();
        await cook.WaitForURLAsync(RunAddress());

        await owner.GetByRole(AriaRole.Button, new() { Name = "Remove Cook" }).ClickAsync();
        await owner.GetByRole(AriaRole.Button, new() { Name = "Remove", Exact = true }).ClickAsync();
        await Assertions.Expect(cook.Locator("body")).ToContainTextAsync("belong to no workspace", new() { Timeout = 30_000 });
    }

    [Fact]
    public async Task Workspace_MadeAndDeleted_IsSwitchedToAndGone()
    {
        var page = await _browser.NewPageAsync(width: 390, height: 844);
        await page.GotoAsync(_server.Link.ToString());
        await page.GotoAsync(At("/settings"));
        await page.GetByLabel("Name of the new workspace").FillAsync("Second");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make it" }).ClickAsync();
        var menu = page.Locator("header summary");
        await Assertions.Expect(menu).ToContainTextAsync("Second");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();

        await menu.ClickAsync();
        await Product.AssertAccessibleAsync(page);
        Assert.True(await page.EvaluateAsync<int>("document.documentElement.scrollWidth - window.innerWidth") <= 0, "The menu is too wide for a phone.");
        await page.GetByRole(AriaRole.Button, new() { NameRegex = DefaultWorkspace() }).ClickAsync();
        await Assertions.Expect(menu).ToContainTextAsync("Default");
        await menu.ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { NameRegex = SecondWorkspace() }).ClickAsync();
        await Assertions.Expect(menu).ToContainTextAsync("Second");

        await page.GotoAsync(At("/settings"));
        await page.GetByLabel("Type its name").FillAsync("Second");
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete it" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete everything" }).ClickAsync();
        await Assertions.Expect(menu).ToContainTextAsync("Default", new() { Timeout = 30_000 });
        await menu.ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { NameRegex = SecondWorkspace() })).ToHaveCountAsync(0);
    }

    private static async Task<int> RunAsync(IPage page)
    {
        var answer = await page.APIRequest.PostAsync(new Uri(new Uri(page.Url), "/api/v1/runs").ToString(), new()
        {
            Headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["Content-Type"] = "application/json" },
            Data = """{ "spec": { "name": "x", "workload": { "kernel": "cpu.primes" }, "matrix": { "strategy": ["sequential"], "workers": [1] } } }""",
        });
        return answer.Status;
    }

    private string At(string path) => new Uri(_server.Address, path).ToString();

    [GeneratedRegex("/runs/[0-9a-f-]{36}", RegexOptions.None, 1000)]
    private static partial Regex RunAddress();

    [GeneratedRegex("^Default", RegexOptions.None, 1000)]
    private static partial Regex DefaultWorkspace();

    [GeneratedRegex("^Second", RegexOptions.None, 1000)]
    private static partial Regex SecondWorkspace();
}
