using Brigade.Tests.Shared;

namespace Brigade.Benchmarks;

/// <summary>How long a frame takes from the runner's journal, where it is written first, to the chart of a real browser.</summary>
internal sealed class Screen : ISuite
{
    private const int Frames = 100;

    public string Name => "screen";

    public string Title => "From a frame in the runner's journal to the screen, 10 frames a second, a real browser";

    public async IAsyncEnumerable<Row> MeasureAsync(int rounds)
    {
        var middle = new List<double>();
        var tail = new List<double>();
        await using var browser = new Browser();
        await browser.StartAsync();
        await using var server = await LiveRun.ServerAsync();
        var page = await browser.NewPageAsync();
        await page.GotoAsync(server.Link.ToString());
        for (var round = 0; round < rounds; round++)
        {
            var run = await LiveRun.StartAsync(server, Frames, warmupSeconds: 2);
            var following = Task.Run(run.FollowAsync);
            var charts = new LivePage(page);
            await charts.OpenAsync(run);
            await following;
            double[] delays = [.. run.Delays(await charts.DrawnAsync(Frames))];
            middle.Add(Percentile.Of(delays, 0.5));
            tail.Add(Percentile.Of(delays, 0.95));
        }

        yield return new Row("1 viewer, median", "—", new Sample(middle, " ms"), "(see below)", Reached: true);
        yield return new Row("1 viewer, 95th percentile", "—", new Sample(tail, " ms"), "under 150 ms", new Sample(tail).Median < 150);
    }
}
