using System.Diagnostics;
using System.Globalization;
using Brigade.Contracts.Runs;

namespace Brigade.Benchmarks;

/// <summary>Whether the memory of the runner and of a trial's processes stays flat in a real trial of ten minutes, or of as many as <c>--minutes</c> says.</summary>
internal sealed class LongTrial(double minutes) : ISuite
{
    private const double MiB = 1 << 20;
    private static readonly TimeSpan Each = TimeSpan.FromSeconds(2);

    /// <summary>Buffers, pools and compilers have their size by then.</summary>
    private readonly TimeSpan _settling = TimeSpan.FromMinutes(Math.Min(1, minutes / 2));

    public string Name => "long-trial";

    public string Title => string.Create(CultureInfo.InvariantCulture, $"Memory of trials of {minutes:0.#} minutes, growth in each minute after the first {_settling.TotalMinutes:0.#}");

    /// <summary>The trials run at the same time: memory does not depend on how fast they are.</summary>
    public async IAsyncEnumerable<Row> MeasureAsync(int rounds)
    {
        var trials = new[]
        {
            (Name: ".NET `threads`, tasks that do nothing", Cell: Running("noop", "dotnet", "threads")),
            (Name: ".NET `processes`, tasks of 50 µs", Cell: Running("cpu.primes, params: { limit: 6600 }", "dotnet", "processes")),
            (Name: "Python `processes`, tasks of 50 µs", Cell: Running("cpu.primes, params: { limit: 480 }", "python", "processes")),
            (Name: "Node.js `threads`, tasks of 50 µs", Cell: Running("cpu.primes, params: { limit: 6600 }", "node", "threads")),
        };
        foreach (var (name, cell) in trials)
        {
            var growth = await cell;
            yield return Reach($"the runner, {name}", growth.Runner);
            yield return Reach($"the trial's processes, {name}", growth.Host);
        }
    }

    private static Row Reach(string what, double growth) => new(what, "—", new Sample([growth], " MiB"), "under 1 MiB", growth < 1);

    private async Task<(double Runner, double Host)> Running(string kernel, string runtime, string strategy)
    {
        var samples = new List<(double Minute, double Runner, double Host)>();
        var run = Programs.BrigadeAsync(
            string.Create(CultureInfo.InvariantCulture, $$"""
                version: 1
                name: long-trial
                workload: { kernel: {{kernel}} }
                matrix: { runtime: [{{runtime}}], strategy: [{{strategy}}], workers: [2] }
                load: { duration: {{minutes * 60:0}}s }
                warmup: { duration: 1s }
                limits: { trialTimeout: {{(minutes * 60) + 120:0}}s }
                repeat: 1
                """),
            runner => SampleAsync(runner, samples));
        var trial = (await run).Trials.Single();
        return trial.Status != TrialStatus.Completed ? (double.PositiveInfinity, double.PositiveInfinity)
            : (Growth.PerMinute([.. samples.Select(sample => (sample.Minute, sample.Runner))]), Growth.PerMinute([.. samples.Select(sample => (sample.Minute, sample.Host))]));
    }

    private async Task SampleAsync(Process runner, List<(double Minute, double Runner, double Host)> samples)
    {
        var began = Stopwatch.GetTimestamp();
        // The trial begins a moment later than the process, so the samples end before it does.
        var last = TimeSpan.FromMinutes(minutes) - Each;
        while (Stopwatch.GetElapsedTime(began) is var elapsed && elapsed < last && !runner.HasExited)
        {
            if (elapsed >= _settling)
            {
                samples.Add((elapsed.TotalMinutes, OwnMemory.Of(runner.Id) / MiB, OwnMemory.OfDescendants(runner.Id) / MiB));
            }

            await Task.Delay(Each);
        }
    }
}

/// <summary>How something grows with time.</summary>
internal static class Growth
{
    /// <summary>The median of the slopes between all pairs of points (Theil and Sen): a collector that gives memory back now and then does not tilt it.</summary>
    public static double PerMinute(IReadOnlyList<(double Minute, double Value)> points)
    {
        var slopes = new List<double>();
        for (var from = 0; from < points.Count; from++)
        {
            for (var to = from + 1; to < points.Count; to++)
            {
                slopes.Add((points[to].Value - points[from].Value) / (points[to].Minute - points[from].Minute));
            }
        }

        return slopes.Count == 0 ? double.PositiveInfinity : new Sample(slopes).Median;
    }
}
