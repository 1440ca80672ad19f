using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Brigade.Contracts;
using Brigade.Contracts.Messages;
using Brigade.Runner.Agent.Journal;
using Brigade.Tests.Shared;

namespace Brigade.Benchmarks;

/// <summary>A run of one trial on a server, whose frames are followed from the runner's journal, where they are written first.</summary>
internal sealed class LiveRun(BrigadeServer server, Guid id, int frames)
{
    /// <summary>The page, the charts and the just-in-time compilers of three processes start with the first frames.</summary>
    public const int FirstFrames = 20;

    private const string Token = "benchmark-0123456789abcdef0123456789abcdef";

    private readonly double[] _written = new double[frames];

    public Guid Id => id;

    public Uri Page => new(server.Address, $"/runs/{id}");

    /// <summary>When each frame was in the journal, in milliseconds since 1970.</summary>
    public IReadOnlyList<double> Written => _written;

    /// <summary>Milliseconds since 1970, as a browser's <c>performance</c> gives them.</summary>
    public static double Now => (TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalMilliseconds;

    public static Task<BrigadeServer> ServerAsync() => BrigadeServer.StartAsync(new Dictionary<string, string>(StringComparer.Ordinal) { ["BRIGADE_TOKEN"] = Token });

    /// <param name="frames">How many are followed; the trial has a few more.</param>
    /// <param name="warmupSeconds">The time in which viewers open the page.</param>
    public static async Task<LiveRun> StartAsync(BrigadeServer server, int frames, int warmupSeconds)
    {
        using var client = new HttpClient { BaseAddress = server.Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        var spec = JsonNode.Parse($$"""
            { "spec": { "version": 1, "name": "live", "workload": { "kernel": "io.sleep", "params": { "milliseconds": 5 } },
              "matrix": { "runtime": ["python"], "strategy": ["threads"], "workers": [2] }, "load": { "duration": "{{(frames / 10) + 2}}s" }, "warmup": { "duration": "{{warmupSeconds}}s" }, "repeat": 1 } }
            """);
        using var response = await client.PostAsJsonAsync("/api/v1/runs", spec);
        response.EnsureSuccessStatusCode();
        return new LiveRun(server, (await response.Content.ReadFromJsonAsync<JsonNode>())!["id"]!.GetValue<Guid>(), frames);
    }

    /// <summary>Notes when each frame is in the journal, looking each millisecond, until all are.</summary>
    public async Task FollowAsync()
    {
        var path = new JournalStore(Path.Combine(server.DataDirectory, "runner")).PathOf(id);
        while (!File.Exists(path))
        {
            await Task.Delay(1);
        }

        using var journal = new JournalReader(path);
        long next = 0;
        for (var last = -1; last < frames - 1; await Task.Delay(1))
        {
            foreach (var json in journal.Read(next, mostEvents: 100, mostBytes: int.MaxValue))
            {
                next++;
                if (JsonSerializer.Deserialize<RunEvent>(json, BrigadeJson.Options) is FrameRecorded { Frame.Number: var number } && number < frames)
                {
                    last = number;
                    _written[number] = Now;
                }
            }
        }
    }

    /// <summary>From the journal to somewhere else, in milliseconds; the first frames are left out.</summary>
    /// <param name="arrived">When each frame was there.</param>
    public IEnumerable<double> Delays(IReadOnlyList<double> arrived) => Enumerable.Range(FirstFrames, frames - FirstFrames).Select(frame => arrived[frame] - _written[frame]);
}
