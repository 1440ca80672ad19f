using System.Diagnostics;
using Brigade.Contracts.Plan;
using Brigade.Contracts.Spec;
using Brigade.Runner.Sandbox;
using Brigade.Runner.Trials;

namespace Brigade.Benchmarks;

/// <summary>From the start of a trial's process in a sandbox until its program has written something, against the same start without one. The program is a shell, which needs least of its own.</summary>
internal static class BoxStart
{
    private const int StartsPerRound = 10;

    private static readonly HostCommand Command = new("/bin/sh", ["-c", "echo up; read line"], new Dictionary<string, string>(StringComparer.Ordinal));

    private static readonly ExperimentSpec Spec = new() { Name = "box", Workload = new WorkloadSpec { Code = new CodeSpec { Language = "python", Source = "def task(index): pass" } } };

    private static readonly Cell Cell = TrialPlanner.Expand(Spec with { Matrix = new MatrixSpec { Strategy = [Strategy.Sequential], Workers = [1] } }, seed: 1).Cells[0];

    /// <summary>A row for each level that holds on this machine.</summary>
    public static async IAsyncEnumerable<Row> MeasureAsync(int rounds)
    {
        if (SandboxProbe.TryFirst(Environment.IsPrivilegedProcess).State is { } first)
        {
            yield return await RowAsync(rounds, first, bound: 10);
        }

        if (SandboxProbe.Try(Environment.IsPrivilegedProcess) is { Level: 2 } second)
        {
            yield return await RowAsync(rounds, second, bound: 1);
        }
    }

    private static async Task<Row> RowAsync(int rounds, SandboxState state, double bound)
    {
        var policy = new SandboxPolicy(() => state, isTrusted: false, directory: null);
        List<double> differences = [];
        for (var start = 0; start < rounds * StartsPerRound; start++)
        {
            var outside = await StartAsync(null);
            var inside = await StartAsync(policy.For(Spec, Cell, Command).Box) + await StartAsync(policy.For(Spec, Cell, Command).Box);
            differences.Add((inside - outside - await StartAsync(null)) / 2);
        }

        var sample = new Sample(differences, " ms");
        return new Row($"In a sandbox of level {state.Level}, longer by", "the same without", sample, $"at most {bound} ms", sample.Median <= bound);
    }

    private static async Task<double> StartAsync(Box? box)
    {
        var began = Stopwatch.GetTimestamp();
        await using var process = TrialProcess.Start(Command, TimeProvider.System, box: box);
        if (await process.Output.ReadAsync(new byte[16]) == 0)
        {
            throw new InvalidOperationException($"The program in the sandbox did not start: {await process.ReadErrorsToEndAsync(TimeSpan.FromSeconds(1))}");
        }

        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }
}
