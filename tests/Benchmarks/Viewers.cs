using System.Globalization;
using System.Net;
using Brigade.Tests.Shared;

namespace Brigade.Benchmarks;

/// <summary>Many viewers of one live run: how late its frames come to them, and what each costs the server. One of them is a real browser.</summary>
/// <param name="count">How many.</param>
internal sealed class Viewers(int count) : ISuite
{
    private const int Frames = 150;
    private const int WarmupSeconds = 40;
    private const int Together = 10;

    /// <summary>Deliveries a second of bare SignalR on one core (<c>docs/benchmarks.md</c>), and the share of them to reach.</summary>
    private const double Bound = 0.8 * 20_000;

    public string Name => "viewers";

    public string Title => string.Create(CultureInfo.InvariantCulture, $"From a frame in the runner's journal to {count} viewers of one run, 10 frames a second");

    public async IAsyncEnumerable<Row> MeasureAsync(int rounds)
    {
        List<double> middle = [], tail = [], screen = [], perCore = [];
        await using var browser = new Browser();
        await browser.StartAsync();
        await using var server = await LiveRun.ServerAsync();
        var cookies = new CookieContainer();
        using var http = new HttpClient(new HttpClientHandler { CookieContainer = cookies });
        (await http.GetAsync(server.Link)).EnsureSuccessStatusCode();
        var page = await browser.NewPageAsync();
        await page.Context.AddCookiesAsync(cookies.GetCookies(server.Address).Select(cookie => new Microsoft.Playwright.Cookie { Name = cookie.Name, Value = cookie.Value, Url = server.Address.ToString() }));
        for (var round = 0; round < rounds; round++)
        {
            var run = await LiveRun.StartAsync(server, Frames, WarmupSeconds);
            var following = Task.Run(run.FollowAsync);
            var charts = new LivePage(page);
            await charts.OpenAsync(run);
            var viewers = new List<Viewer>();
            try
            {
                while (viewers.Count < count)
                {
                    viewers.AddRange(await Task.WhenAll(Enumerable.Range(0, Math.Min(Together, count - viewers.Count)).Select(_ => Viewer.OpenAsync(http, cookies, run, Frames))));
                }

                if (run.Written[LiveRun.FirstFrames] != 0)
                {
                    throw new InvalidOperationException($"The viewers were not there within the {WarmupSeconds} s before the first frame: this machine is too busy for so many.");
                }

                perCore.Add(await CostAsync(server, run, viewers));
                await following;
                double[] delays = [.. viewers.SelectMany(viewer => run.Delays(viewer.Arrived))];
                middle.Add(Percentile.Of(delays, 0.5));
                tail.Add(Percentile.Of(delays, 0.95));
                screen.Add(Percentile.Of(run.Delays(await charts.DrawnAsync(Frames)), 0.95));
            }
            finally
            {
                await Task.WhenAll(viewers.Select(viewer => viewer.DisposeAsync().AsTask()));
            }
        }

        yield return new Row($"{count} viewers, median", "—", new Sample(middle, " ms"), "(see below)", Reached: true);
        yield return new Row($"{count} viewers, 95th percentile", "—", new Sample(tail, " ms"), "under 250 ms", new Sample(tail).Median < 250);
        yield return new Row("a real browser among them, 95th percentile", "—", new Sample(screen, " ms"), "under 250 ms", new Sample(screen).Median < 250);
        yield return new Row("frames fanned out per second of the server's processor time", "20,000 of bare SignalR", new Sample(perCore), FormattableString.Invariant($"{Bound:0}"), new Sample(perCore).Median >= Bound);
    }

    /// <summary>The frames that all viewers got for each second of the server's processor time, from the first frames to the last.</summary>
    private static async Task<double> CostAsync(BrigadeServer server, LiveRun run, List<Viewer> viewers)
    {
        while (run.Written[LiveRun.FirstFrames] == 0)
        {
            await Task.Delay(10);
        }

        var before = server.ProcessorTime;
        await Task.WhenAll(viewers.Select(viewer => viewer.HasAll)).WaitAsync(TimeSpan.FromSeconds(120));
        return viewers.Count * (Frames - LiveRun.FirstFrames) / (server.ProcessorTime - before).TotalSeconds;
    }
}
