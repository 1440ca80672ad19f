using Microsoft.Playwright;

namespace Brigade.EndToEnd.Tests;

/// <summary>A person makes an account and comes back with it. On a server of its own: a new password ends the other stories' sessions.</summary>
public sealed class AccountTests : IAsyncLifetime
{
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
    public async Task Link_ThenEmailAndPassword_SignInAgain()
    {
        var page = await _browser.NewPageAsync(width: 390, height: 844);
        await page.GotoAsync(_server.Link.ToString());
        await page.GotoAsync(new Uri(_server.Address, "/account").ToString());
        await Product.AssertAccessibleAsync(page);
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Chef");
        await page.GetByRole(AriaRole.Textbox, new() { Name = "E-mail" }).FillAsync("chef@example.org");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await page.GetByLabel("New password").FillAsync("ten chefs ten dishes");
        await page.GetByRole(AriaRole.Button, new() { Name = "Set the password" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("password is set");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out here" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("You are signed out");

        // The page that was asked for is where the sign-in leads to.
        var denied = await page.GotoAsync(new Uri(_server.Address, "/history").ToString());
        Assert.Equal(401, denied!.Status);
        await Product.AssertAccessibleAsync(page);
        Assert.True(await page.EvaluateAsync<int>("document.documentElement.scrollWidth - window.innerWidth") <= 0, "The sign-in is too wide for a phone.");
        await page.GetByRole(AriaRole.Textbox, new() { Name = "E-mail" }).FillAsync("chef@example.org");
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync("ten chefs ten dishes");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await page.WaitForURLAsync("**/history");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("History");
    }

    [Fact]
    public async Task Passkey_Added_SignsInWithoutAPassword()
    {
        var page = await _browser.NewPageAsync(ColorScheme.Dark);
        var devTools = await page.Context.NewCDPSessionAsync(page);
        await devTools.SendAsync("WebAuthn.enable");
        await devTools.SendAsync("WebAuthn.addVirtualAuthenticator", new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["options"] = new Dictionary<string, object>(StringComparer.Ordinal)
            {
                ["protocol"] = "ctap2", ["transport"] = "internal", ["hasResidentKey"] = true, ["hasUserVerification"] = true, ["isUserVerified"] = true, ["automaticPresenceSimulation"] = true,
            },
        });

        // A passkey belongs to a name, and not to a number.
        var named = new UriBuilder(_server.Address) { Host = "localhost" }.Uri;
        await page.GotoAsync(new Uri(named, _server.Link.AbsolutePath).ToString());
        await page.GotoAsync(new Uri(named, "/account").ToString());
        await Product.AssertAccessibleAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a passkey" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("passkey was added");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out here" }).ClickAsync();
        await page.GotoAsync(new Uri(named, "/account").ToString());
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" }).ClickAsync();

        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Your account");
    }
}
