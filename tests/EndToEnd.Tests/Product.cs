using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Brigade.EndToEnd.Tests.Product))]
// One after the other: a story that measures must not share two cores with another story's browser.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace Brigade.EndToEnd.Tests;

/// <summary>One server and one browser for all stories, as a person has them: the pages of one test see what the tests before it measured.</summary>
public sealed class Product : IAsyncLifetime
{
    private const string Token = "end-to-end-token-of-the-tests";

    private readonly Browser _browser = new();
    private string _signedIn = "";

    public BrigadeServer Server { get; private set; } = null!;

    /// <summary>The REST API with the scripts' token.</summary>
    public HttpClient Api { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await _browser.StartAsync();
        Server = await BrigadeServer.StartAsync(new Dictionary<string, string>(StringComparer.Ordinal) { ["BRIGADE_TOKEN"] = Token });
        Api = new HttpClient { BaseAddress = Server.Address };
        Api.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);

        // The printed link works once; the cookie it became is handed to every page.
        var page = await _browser.NewPageAsync();
        await page.GotoAsync(Server.Link.ToString());
        _signedIn = await page.Context.StorageStateAsync();
        await page.Context.CloseAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Api?.Dispose();
        await _browser.DisposeAsync();
        if (Server is not null)
        {
            await Server.DisposeAsync();
        }
    }

    /// <summary>A page in a fresh profile that came in by the link.</summary>
    public Task<IPage> NewPageAsync(ColorScheme scheme = ColorScheme.Light, int width = 1440, int height = 900) =>
        _browser.NewPageAsync(scheme, width, height, _signedIn);

    /// <summary>A page in a profile that never came in.</summary>
    public Task<IPage> NewStrangerAsync(ColorScheme scheme = ColorScheme.Light, int width = 1440) => _browser.NewPageAsync(scheme, width);

    /// <summary>Opens an address and waits until its circuit is up, so that a click reaches it.</summary>
    public async Task GotoAsync(IPage page, string path)
    {
        await page.GotoAsync(new Uri(Server.Address, path).ToString());
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
    }

    /// <summary>Submits a spec over REST and gives the run's id.</summary>
    public async Task<Guid> SubmitAsync(string specJson)
    {
        using var content = new StringContent($$"""{"spec":{{specJson}}}""", new MediaTypeHeaderValue("application/json"));
        using var response = await Api.PostAsync(new Uri("/api/v1/runs", UriKind.Relative), content);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
    }

    /// <summary>Waits until a run has ended and gives its status.</summary>
    public async Task<string> EndOfAsync(Guid run)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(250));
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        while (true)
        {
            var status = (await Api.GetFromJsonAsync<JsonElement>(new Uri($"/api/v1/runs/{run}", UriKind.Relative))).GetProperty("status").GetString()!;
            if (status is "completed" or "failed" or "cancelled" or "lost")
            {
                return status;
            }

            await timer.WaitForNextTickAsync(patience.Token);
        }
    }

    /// <summary>Waits until the server has stored so many frames of a run.</summary>
    public async Task ReachFrameAsync(Guid run, int frames)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(250));
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while ((await Api.GetFromJsonAsync<JsonElement>(new Uri($"/api/v1/runs/{run}/frames", UriKind.Relative))).GetArrayLength() < frames)
        {
            await timer.WaitForNextTickAsync(patience.Token);
        }
    }

    /// <summary>Asserts that axe finds nothing on the page as it is now.</summary>
    public static async Task AssertAccessibleAsync(IPage page)
    {
        var result = await page.RunAxe();
        Assert.True(result.Violations.Length == 0, string.Join('\n', result.Violations.Select(Describe)));
    }

    private static string Describe(AxeResultItem item) =>
        $"{item.Id}: {item.Help}\n  {string.Join("\n  ", item.Nodes.Select(node => $"{node.Html}"))}";
}
