using Brigade.Contracts.Spec;
using CsCheck;
using Xunit;

namespace Brigade.Analysis.Tests.Findings;

/// <summary>What the first two stories say on a machine that other work shares: the lesson where the figures show it, and never its opposite.</summary>
public sealed class NoisyMachineTests
{
    /// <summary>Factors by which three repetitions lie off the middle one: up to a third to either side.</summary>
    private static readonly Gen<double[]> Disturbed =
        from low in Gen.Double[0.67, 1]
        from high in Gen.Double[1, 1.33]
        select new[] { high, low, 1 };

    private static readonly Gen<RunBuilder> Primes =
        from sequential in Disturbed
        from threads in Disturbed
        from processes in Disturbed
        from threadsFactor in Gen.Double[0.7, 1.2]
        from threadsCpu in Gen.Double[0.9, 1.15]
        from processesFactor in Gen.Double[1.1, 1.9]
        from processesCpu in Gen.Double[0.95, 1.9]
        select new RunBuilder { Load = new() { Duration = TimeSpan.FromSeconds(1) }, OtherLoad = 1 }.Add(
            new(Runs.Python, Strategy.Sequential, 1, Times(sequential, 450)) { TaskMs = 2 },
            new(Runs.Python, Strategy.Threads, 2, Times(threads, 450 * threadsFactor)) { TaskMs = 2.4, Cpu = threadsCpu },
            new(Runs.Python, Strategy.Pool, 2, Times(sequential, 450 * threadsFactor)) { TaskMs = 2.4, Cpu = threadsCpu },
            new(Runs.Python, Strategy.Processes, 2, Times(processes, 450 * processesFactor)) { TaskMs = 2.2, Cpu = processesCpu });

    [Fact]
    public void Build_PythonPrimes_SaysThatTheGilIsInTheWay() => Primes.Sample(run =>
    {
        var found = run.Build().Findings.Select(finding => finding.Id).ToArray();
        return found.Contains("gil-threads") && !found.Contains("threads-scale");
    });

    [Fact]
    public void Build_PythonPrimes_ProcessesScaleOnlyWhereTheFiguresSaySo() => Primes.Sample(run =>
    {
        var result = run.Build();
        var (sequential, processes) = (result.Cells[0], result.Cells[3]);
        var finding = result.Findings.SingleOrDefault(finding => finding.Id == "processes-scale");
        var isShown = processes.Speedup >= 1.2 && processes.Median.CpuUtilisation > 1.25;
        return finding is null ? !isShown : isShown && finding.Text.Contains("seem to scale", StringComparison.Ordinal) == (processes.Interval.Low < sequential.Interval.High);
    });

    [Fact]
    public void Build_PythonPrimes_NothingButProcessesOrOneWorkerIsAdvised() => Primes.Sample(run =>
        run.Build().Advice!.Strategy is Strategy.Processes or Strategy.Sequential);

    [Fact]
    public void Build_Sleeps_AsyncWinsAndIsAdvised() => (
        from async in Gen.Double[0.94, 1.06]
        from off in Gen.Double[0.9, 1]
        select new RunBuilder { Workload = new() { Kernel = "io.sleep" } }.Add(
            new(Runs.Python, Strategy.Sequential, 1, 19.9, 19.8, 19.9) { Cpu = 0.01, TaskMs = 50 },
            new(Runs.Python, Strategy.Threads, 16, 317, 317 * off, 318) { Cpu = 0.03, TaskMs = 50 },
            new(Runs.Python, Strategy.Async, 16, Math.Min(319, 317 * async), 317 * async * off, 319) { Cpu = 0.03, TaskMs = 50 })).Sample(run =>
    {
        var result = run.Build();
        return result.Findings.Single(finding => finding.Id == "waiting-overlaps").Text.Contains("Async wins", StringComparison.Ordinal) && result.Advice!.Strategy == Strategy.Async;
    });

    private static double[] Times(double[] factors, double throughput) => factors.Select(factor => factor * throughput).ToArray();
}
