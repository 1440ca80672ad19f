using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Brigade.Tests.Shared;

namespace Brigade.Benchmarks;

/// <summary>The REST API under an open load of mixed reads and writes, and the pages of somebody who is signed in: the whole server on one processor, on SQLite, with months of runs.</summary>
internal sealed class Api : ISuite
{
    private const string Token = "benchmark-0123456789abcdef0123456789abcdef";
    private const int PerSecond = 200;
    private const int Seconds = 15;
    private const int WarmupSeconds = 5;
    private const int PagesInARound = 20;

    private static readonly IReadOnlyDictionary<string, string> Environment = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        // What is queued stays queued: a trial beside it would be the machine's load, not the server's.
        ["BRIGADE_TOKEN"] = Token, ["Brigade__EmbeddedRunner"] = "false",
    };

    public string Name => "api";

    public string Title => string.Create(CultureInfo.InvariantCulture, $"{PerSecond} requests a second of mixed reads and writes, and pages, on one processor and SQLite");

    public async IAsyncEnumerable<Row> MeasureAsync(int rounds)
    {
        await using var server = await BrigadeServer.StartAsync(Environment);
        await Programs.StartAsync("taskset", "-acp", "0", server.Id.ToString(CultureInfo.InvariantCulture));
        var history = await SeededHistory.StoreAsync(null, server.DataDirectory, "seeded");
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = server.Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        var mix = new Mix(client, history);
        await LoadAsync(mix, WarmupSeconds);
        List<double> middle = [], tail = [];
        for (var round = 0; round < rounds; round++)
        {
            var latencies = await LoadAsync(mix, Seconds);
            middle.Add(Percentile.Of(latencies, 0.5));
            tail.Add(Percentile.Of(latencies, 0.99));
        }

        yield return new Row("two reads and a write in turn, from the intended start, median", "—", new Sample(middle, " ms"), "(for comparison)", Reached: true);
        yield return new Row("the same, 99th percentile", "—", new Sample(tail, " ms"), "under 50 ms", new Sample(tail).Median < 50);
        await foreach (var row in PagesAsync(server, history, rounds))
            yield return row;
    }

    /// <summary>Milliseconds from when each request was due to the end of its answer.</summary>
    private static async Task<IReadOnlyList<double>> LoadAsync(Mix mix, int seconds)
    {
        var pending = new Task<double>[PerSecond * seconds];
        var start = Stopwatch.GetTimestamp();
        for (var request = 0; request < pending.Length; request++)
        {
            var due = TimeSpan.FromSeconds((double)request / PerSecond);
            if (due - Stopwatch.GetElapsedTime(start) is var early && early > TimeSpan.Zero)
                await Task.Delay(early);
            pending[request] = OneAsync(request, due);
        }

        return await Task.WhenAll(pending);

        async Task<double> OneAsync(int request, TimeSpan due)
        {
            await mix.SendAsync(request);
            return (Stopwatch.GetElapsedTime(start) - due).TotalMilliseconds;
        }
    }

    private static async IAsyncEnumerable<Row> PagesAsync(BrigadeServer server, SeededHistory history, int rounds)
    {
        using var person = new HttpClient(new SocketsHttpHandler { CookieContainer = new CookieContainer() }) { BaseAddress = server.Address };
        (await person.GetAsync(server.Link)).EnsureSuccessStatusCode();
        foreach (var (name, path) in new[]
        {
            ("overview", "/"), ("history", "/history"), ("experiments", "/experiments"), ("a run", $"/runs/{history.Runs[^1]}"), ("a trend", $"/experiments/{history.Experiment}/trend"),
            ("a comparison", $"/compare?runs={history.Runs[0]},{history.Runs[^1]}"), ("settings", "/settings"),
        })
        {
            for (var warmup = 0; warmup < PagesInARound; warmup++)
                (await person.GetAsync(path)).EnsureSuccessStatusCode();
            var tail = new List<double>();
            for (var round = 0; round < rounds; round++)
            {
                var times = new List<double>();
                for (var page = 0; page < PagesInARound; page++)
                {
                    var start = Stopwatch.GetTimestamp();
                    using var response = await person.GetAsync(path);
                    response.EnsureSuccessStatusCode();
                    times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                }

                tail.Add(Percentile.Of(times, 0.95));
            }

            yield return new Row($"page: {name}, 95th percentile", "—", new Sample(tail, " ms"), "under 50 ms", new Sample(tail).Median < 50);
        }
    }

    /// <summary>What is asked, one after the other: reads of all kinds, and after each two of them a write.</summary>
    private sealed class Mix(HttpClient client, SeededHistory history)
    {
        private readonly string _run = history.Runs[^1].ToString();
        private int _names;

        public Task SendAsync(int number) => (number % 12) switch
        {
            0 => ReadAsync("runs?limit=20"),
            1 => ReadAsync($"runs/{_run}"),
            2 => WriteAsync($"experiments/{history.Experiment}/annotations", new JsonObject { ["text"] = "deployed" }),
            3 => ReadAsync("experiments"),
            4 => ReadAsync($"runs/{_run}/result"),
            5 => WriteAsync("experiments", Spec()),
            6 => ReadAsync($"experiments/{history.Experiment}/trend"),
            7 => ReadAsync("runs?search=seed&limit=20"),
            8 => QueueAsync(),
            9 => ReadAsync("changes"),
            10 => ReadAsync($"experiments/{history.Experiment}"),
            _ => WriteAsync($"experiments/{history.Experiment}/annotations", new JsonObject { ["text"] = "noted" }),
        };

        /// <summary>A run that is queued, and taken back at once: two writes.</summary>
        private async Task QueueAsync()
        {
            var run = await WriteAsync("runs", new JsonObject { ["experimentId"] = history.Experiment });
            await WriteAsync($"runs/{run.GetProperty("id").GetGuid()}/cancel", null);
        }

        private async Task ReadAsync(string path)
        {
            using var response = await client.GetAsync($"/api/v1/{path}");
            response.EnsureSuccessStatusCode();
            await response.Content.ReadAsByteArrayAsync();
        }

        private async Task<JsonElement> WriteAsync(string path, JsonObject? body)
        {
            using var response = await client.PostAsJsonAsync($"/api/v1/{path}", body);
            response.EnsureSuccessStatusCode();
            var text = await response.Content.ReadAsStringAsync();
            return text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text);
        }

        private JsonObject Spec() => new()
        {
            ["name"] = $"experiment {Interlocked.Increment(ref _names)}",
            ["workload"] = new JsonObject { ["kernel"] = "cpu.primes" },
            ["matrix"] = new JsonObject { ["strategy"] = new JsonArray("sequential", "threads"), ["workers"] = new JsonArray(1, 2) },
        };
    }
}
