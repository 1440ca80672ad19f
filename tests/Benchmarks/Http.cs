using System.Globalization;

namespace Brigade.Benchmarks;

/// <summary>GETs on the loopback over 64 connections, everything recorded, beside the clients that people measure with. Installs wrk and aiohttp from Debian where they are missing.</summary>
internal sealed class Http : ISuite
{
    private const int Connections = 64;
    private const int Seconds = 3;

    public string Name => "http";

    public string Title => $"Requests per second over {Connections} connections, against the same server";

    public async IAsyncEnumerable<Row> MeasureAsync(int rounds)
    {
        var wrk = await Tools.ProgramAsync("wrk", "wrk");
        var python = await Tools.PythonWithAsync("aiohttp", "python3-aiohttp");
        using var server = new TinyHttpServer();
        var url = server.Url;
        yield return Reach(".NET `http`, threads", "wrk with one thread", 0.5, await Paired.RatioAsync(rounds, () => MeasuredAsync(url), () => WrkAsync(wrk, url)));
        yield return Reach("the same", "aiohttp", 7, await Paired.RatioAsync(rounds, () => MeasuredAsync(url), () => Programs.NumberAsync(python, Programs.Bare("aiohttp_get.py"), url, $"{Seconds}", $"{Connections}")));
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

    private static async Task<double> WrkAsync(string wrk, string url)
    {
        const string Figure = "Requests/sec:";
        var report = await Programs.StartAsync(wrk, "-t1", $"-c{Connections}", $"-d{Seconds}s", url);
        return double.Parse(report.Split('\n').Single(line => line.StartsWith(Figure, StringComparison.Ordinal))[Figure.Length..], CultureInfo.InvariantCulture);
    }
}
