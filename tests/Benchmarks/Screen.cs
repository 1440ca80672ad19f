using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Brigade.Contracts;
using Brigade.Contracts.Messages;
using Brigade.Runner.Agent.Journal;
using Brigade.Tests.Shared;
using Microsoft.Playwright;

namespace Brigade.Benchmarks;

/// <summary>How long a frame takes from the runner's journal, where it is written first, to the chart of a real browser.</summary>
internal sealed class Screen : ISuite
{
    private const int Frames = 100;

    /// <summary>The page, the charts and the just-in-time compilers of three processes start with the first frames.</summary>
    private const int FirstFrames = 20;

    private const string Token = "benchmark-0123456789abcdef0123456789abcdef";

    public string Name => "screen";

    public string Title => "From a frame in the runner's journal to the screen, 10 frames a second, a real browser";

    public async IAsyncEnumerable<Row> MeasureAsync(int rounds)
    {
        var middle = new List<double>();
        var tail = new List<double>();
        await using var browser = new Browser();
        await browser.StartAsync();
        await using var server = await BrigadeServer.StartAsync(new Dictionary<string, string>(StringComparer.Ordinal) { ["BRIGADE_TOKEN"] = Token });
        var page = await browser.NewPageAsync();
        await page.GotoAsync(server.Link.ToString());
        for (var round = 0; round < rounds; round++)
        {
            var delays = await MeasureAsync(server, page);
            middle.Add(delays[delays.Length / 2]);
            tail.Add(delays[(int)Math.Ceiling(0.95 * delays.Length) - 1]);
        }

        yield return new Row("1 viewer, median", "—", new Sample(middle, " ms"), "(see below)", Reached: true);
        yield return new Row("1 viewer, 95th percentile", "—", new Sample(tail, " ms"), "under 150 ms", new Sample(tail).Median < 150);
    }

    /// <summary>The delays of the frames of one run in milliseconds, in order of their size.</summary>
    private static async Task<double[]> MeasureAsync(BrigadeServer server, IPage page)
    {
        var id = await StartRunAsync(server);
        var written = new double[Frames];
        var reading = Task.Run(() => ReadJournal(Path.Combine(server.DataDirectory, "runner"), id, written));
        await page.GotoAsync(new Uri(server.Address, $"/runs/{id}").ToString());
        await page.EvaluateAsync("""
            () => {
              window.drawn = [];
              const root = document.body;
              const note = () => {
                const points = Number(document.querySelector("[data-points]")?.dataset.points ?? 0);
                while (window.drawn.length < points) window.drawn.push(performance.timeOrigin + performance.now());
              };
              new MutationObserver(note).observe(root, { subtree: true, childList: true, attributes: true, attributeFilter: ["data-points"] });
            }
            """);
        await reading;
        await page.WaitForFunctionAsync($"() => window.drawn.length >= {Frames}", null, new PageWaitForFunctionOptions { Timeout = 60_000 });
        var drawn = await page.EvaluateAsync<double[]>("() => window.drawn");
        return [.. Enumerable.Range(FirstFrames, Frames - FirstFrames).Select(frame => drawn[frame] - written[frame]).Order()];
    }

    private static async Task<Guid> StartRunAsync(BrigadeServer server)
    {
        using var client = new HttpClient { BaseAddress = server.Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        var spec = JsonNode.Parse($$"""
            { "spec": { "version": 1, "name": "screen", "workload": { "kernel": "io.sleep", "params": { "milliseconds": 5 } },
              "matrix": { "runtime": ["python"], "strategy": ["threads"], "workers": [2] }, "load": { "duration": "{{(Frames / 10) + 2}}s" }, "warmup": { "duration": "2s" }, "repeat": 1 } }
            """);
        using var response = await client.PostAsJsonAsync("/api/v1/runs", spec);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<JsonNode>())!["id"]!.GetValue<Guid>();
    }

    /// <summary>Notes when each frame is in the journal, looking each millisecond.</summary>
    private static async Task ReadJournal(string data, Guid id, double[] written)
    {
        var path = new JournalStore(data).PathOf(id);
        while (!File.Exists(path))
        {
            await Task.Delay(1);
        }

        using var journal = new JournalReader(path);
        long next = 0;
        for (var last = -1; last < Frames - 1; await Task.Delay(1))
        {
            foreach (var json in journal.Read(next, mostEvents: 100, mostBytes: int.MaxValue))
            {
                next++;
                if (JsonSerializer.Deserialize<RunEvent>(json, BrigadeJson.Options) is FrameRecorded { Frame.Number: < Frames and var number })
                {
                    last = number;
                    written[number] = (TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalMilliseconds;
                }
            }
        }
    }
}
