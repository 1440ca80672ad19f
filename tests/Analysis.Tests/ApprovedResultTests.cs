using System.Text.Json;
using Brigade.Contracts;
using Brigade.Contracts.Plan;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;
using Xunit;

namespace Brigade.Analysis.Tests;

/// <summary>One realistic run as JSON, compared with an approved file: any change to what users and scripts read shows up here.</summary>
public sealed class ApprovedResultTests
{
    private const string Spec = """
        version: 1
        name: primes-by-strategy
        workload: { kernel: cpu.primes, params: { limit: 5000 } }
        matrix: { runtime: [dotnet, python], strategy: [sequential, threads, async, pool, processes], workers: [2] }
        load: { tasks: 200 }
        repeat: 3
        seed: 42
        thresholds: [ "throughput > 100/s", "latency.p99 < 5ms" ]
        """;

    /// <summary>Throughputs of three repetitions and processors used, by runtime and strategy, as two cores give them.</summary>
    private static readonly Dictionary<(string, Strategy), (double[] Throughputs, double Cpu, double MemoryMiB, double StartupMs)> Figures = new()
    {
        [("dotnet", Strategy.Sequential)] = ([5_012.4, 5_007.9, 4_988.2], 1.01, 41, 92),
        [("dotnet", Strategy.Threads)] = ([9_720.5, 9_655.1, 9_811.7], 1.97, 42, 94),
        [("dotnet", Strategy.Async)] = ([4_990.1, 5_003.3, 4_979.6], 1.01, 41, 93),
        [("dotnet", Strategy.Pool)] = ([9_701.3, 8_120.4, 9_788.0], 1.96, 43, 95),
        [("dotnet", Strategy.Processes)] = ([9_123.8, 9_201.5, 9_077.2], 1.95, 121, 260),
        [("python3.11", Strategy.Sequential)] = ([212.3, 211.8, 213.0], 1.0, 14.2, 48),
        [("python3.11", Strategy.Threads)] = ([214.9, 213.7, 215.3], 1.01, 14.5, 49),
        [("python3.11", Strategy.Async)] = ([211.0, 212.2, 210.7], 1.0, 21.8, 97),
        [("python3.11", Strategy.Pool)] = ([213.5, 214.0, 212.9], 1.01, 15.3, 55),
        [("python3.11", Strategy.Processes)] = ([401.6, 405.2, 398.8], 1.92, 33.9, 61),
    };

    [Fact]
    public void Build_PrimesInTwoRuntimes_AsApproved()
    {
        var approved = Path.Combine(AppContext.BaseDirectory, "Approved", "primes-by-strategy.json");
        var json = JsonSerializer.Serialize(Run(), BrigadeJson.Indented).ReplaceLineEndings("\n") + "\n";
        var received = Path.ChangeExtension(approved, ".received.json");
        File.WriteAllText(received, json);

        // To approve a change, read the received file beside the built tests and copy it over the one in the project.
        Assert.Equal(File.ReadAllText(approved).ReplaceLineEndings("\n"), json);
    }

    private static RunResult Run()
    {
        var spec = SpecReader.Read(Spec, SpecFormat.Yaml).Spec!;
        var plan = TrialPlanner.Expand(spec, spec.Seed!.Value);
        var machine = new Machine("lab-1", 2, 8_589_934_592, "Linux 6.1", "An 8-bit abacus", "performance", 0.12,
        [
            new("dotnet", "dotnet", "10.0.4", "/usr/bin/dotnet", Gil: null, IsDefault: true),
            new("python3.11", "python", "3.11.2", "/usr/bin/python3.11", Gil: true, IsDefault: true),
        ]);
        return ResultBuilder.Build(spec, RunStatus.Completed, machine, plan, plan.Trials.Select(trial => Measure(trial, plan.Cells[trial.Cell])).ToArray());
    }

    private static TrialResult Measure(PlannedTrial trial, Cell cell)
    {
        var runtime = cell.Runtime == "python" ? "python3.11" : cell.Runtime;
        var (throughputs, cpu, memory, startup) = Figures[(runtime, cell.Strategy)];
        var throughput = throughputs[trial.Repetition - 1];
        var wallMs = Math.Round(200_000 / throughput, 3);
        var taskMs = runtime == "dotnet" ? 0.2 : cell.Strategy is Strategy.Threads or Strategy.Pool ? 9.4 : 4.7;
        return new()
        {
            Index = trial.Index, Cell = trial.Cell, Repetition = trial.Repetition, Status = TrialStatus.Completed, Runtime = runtime, Tasks = 200, WallMs = wallMs, ThroughputPerSecond = throughput,
            Latency = new() { P50Ms = taskMs, P90Ms = taskMs + 0.1, P95Ms = taskMs + 0.2, P99Ms = taskMs + 0.5, P999Ms = taskMs + 1, MaxMs = taskMs + 1, MeanMs = taskMs },
            CpuUserMs = Math.Round(wallMs * cpu * 0.95, 3), CpuSystemMs = Math.Round(wallMs * cpu * 0.05, 3), SwitchesVoluntary = 40, SwitchesInvoluntary = 12,
            PeakMemoryBytes = (long)(memory * 1024 * 1024), StartupMs = startup, Checksum = "5a1f00c3d2e4b697",
        };
    }
}
