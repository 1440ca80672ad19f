using System.Globalization;

namespace Brigade.Benchmarks;

/// <summary>GETs on the loopback over 64 connections, everything recorded, beside the clients that people measure with. Needs wrk, and aiohttp for /usr/bin/python3: <c>apt install wrk python3-aiohttp</c>.</summary>
internal sealed class Http : ISuite
{
    private const int Connections = 64;
    private const int Seconds = 3;

    public string Name => "http";

    public string Title => $"Requests per second over {Connections} connections, against the same server";

    public async IAsyncEnumerable<Row> MeasureAsync(int rounds)
    {
        using var server = new TinyHttpServer();
        var url = server.Url;
        yield return Reach(".NET `http`, threads", "wrk with one thread", 0.5, await Paired.RatioAsync(rounds, () => MeasuredAsync(url), () => WrkAsync(url)));
        yield return Reach("the same", "aiohttp", 7, await Paired.RatioAsync(rounds, () => MeasuredAsync(url), () => Programs.NumberAsync("/usr/bin/python3", Programs.Bare("aiohttp_get.py"), url, $"{Seconds}", $"{Connections}")));
    }

    private static Row Reach(string what, string against, double bound, Sample ratio) => new(what, against, ratio, FormattableString.Invariant($"{bound}"), ratio.Median >= bound);

    private static async Task<double> MeasuredAsync(string url) => (await Programs.BrigadeAsync($$"""
        version: 1
        name: http
        workload: { http: { url: "{{url}}" } }
        matrix: { runtime: [dotnet], strategy: [threads], workers: [{{Connections}}] }
        load: { duration: {{Seconds}}s }
        warmup: { duration: 1s }
        repeat: 1
        """)).Trials.Single().ThroughputPerSecond;

    private static async Task<double> WrkAsync(string url)
    {
        const string Figure = "Requests/sec:";
        var report = await Programs.StartAsync("wrk", "-t1", $"-c{Connections}", $"-d{Seconds}s", url);
        return double.Parse(report.Split('\n').Single(line => line.StartsWith(Figure, StringComparison.Ordinal))[Figure.Length..], CultureInfo.InvariantCulture);
    }
}
