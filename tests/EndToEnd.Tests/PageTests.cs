using Microsoft.Playwright;

namespace Brigade.EndToEnd.Tests;

/// <summary>What every page has to hold: nothing for axe to find in light and dark, no sideways scrolling on a phone, no error in the console.</summary>
public sealed class PageTests(Product product)
{
    public static TheoryData<string, string> Pages => new()
    {
        { "/", "overview" },
        { "/experiments", "experiments" },
        { "/experiments/new?preset=primes", "experiment" },
        { "/experiments/new?preset=my-python", "experiment-python" },
        { "/experiments/new?preset=advise", "experiment-advise" },
        { "/history", "history" },
        { "/compare", "compare-empty" },
        { "/compare?runs=00000000-0000-0000-0000-000000000001,nonsense", "compare-missing" },
        { "/import", "import" },
        { "/runner", "runner" },
        { "/settings", "settings" },
        { "/settings?tab=secrets", "secrets" },
        { "/settings?tab=members", "settings-members" },
        { "/settings?tab=quotas", "settings-quotas" },
        { "/settings?tab=keys", "settings-keys" },
        { "/settings?tab=webhooks", "settings-webhooks" },
        { "/settings?tab=schedules", "settings-schedules" },
        { "/settings?tab=shares", "settings-shares" },
        { "/mentions", "mentions" },
        { "/experiments/00000000-0000-0000-0000-000000000001/trend", "trend-missing" },
        { "/runs/00000000-0000-0000-0000-000000000001", "run-missing" },
        { "/account", "account" },
        { "/account/sign-in", "sign-in" },
        { "/account/forgot", "forgot" },
        { "/nowhere", "not-found" },
    };

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Page_InLightAndDarkOnDeskAndPhone_IsAccessibleAndFits(string path, string name)
    {
        foreach (var (scheme, width) in new[] { (ColorScheme.Light, 1440), (ColorScheme.Dark, 1440), (ColorScheme.Light, 390), (ColorScheme.Dark, 390) })
        {
            var page = await product.NewPageAsync(scheme, width, width < 600 ? 844 : 900);
            var problems = new List<string>();
            page.PageError += (_, error) => problems.Add(error);
            page.Console += (_, message) =>
            {
                // The browser itself reports the answer 404 of the pages that are meant to be missing.
                if (message.Type == "error" && !message.Text.Contains("404", StringComparison.Ordinal))
                {
                    problems.Add(message.Text);
                }
            };

            await product.GotoAsync(page, path);

            await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveCountAsync(1);
            await Product.AssertAccessibleAsync(page);
            var overflow = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - window.innerWidth");
            Assert.True(overflow <= 0, $"{path} is {overflow} px too wide at {width} px.");
            Assert.Empty(problems);
            await Pictures.TakeAsync(page, $"{name}-{(scheme == ColorScheme.Dark ? "dark" : "light")}{(width < 600 ? "-phone" : "")}", full: true);
            await page.Context.CloseAsync();
        }
    }

    [Fact]
    public async Task Stranger_OpensAPage_IsToldWhereTheLinkIs()
    {
        var page = await product.NewStrangerAsync();

        var response = await page.GotoAsync(product.Server.Address.ToString());

        Assert.Equal(401, response!.Status);
        await Assertions.Expect(page.Locator("body")).ToContainTextAsync("link");
        await Product.AssertAccessibleAsync(page);
    }

    [Fact]
    public async Task Link_UsedTwice_WorksOnce()
    {
        var page = await product.NewStrangerAsync();

        var response = await page.GotoAsync(product.Server.Link.ToString());

        Assert.NotEqual(200, response!.Status);
    }
}
