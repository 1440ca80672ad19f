using Brigade.Contracts.Plan;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;
using Brigade.Data;
using Brigade.Data.Queries;
using Microsoft.Extensions.DependencyInjection;

namespace Brigade.Tests.Shared;

/// <summary>An experiment with months of runs, put beside a server into the database that it works on: no test measures for months.</summary>
/// <param name="FirstSlow">The first run after its throughput fell by three tenths.</param>
public sealed record SeededHistory(Guid Experiment, IReadOnlyList<Guid> Runs, Guid FirstSlow)
{
    private const int Fast = 20;
    private const int Slow = 16;

    public static Machine Machine { get; } = new("host", 2, 8L << 30, "Debian 12", "A processor", "", 0, [new RuntimeInfo("python3.11", "python", "3.11.2", "/usr/bin/python3.11", Gil: true, IsDefault: true)]);

    /// <summary>A run every second day, the last one a moment ago.</summary>
    public static async Task<SeededHistory> StoreAsync(string? postgres, string dataDirectory, string name)
    {
        await using var services = new ServiceCollection().AddSingleton<IWorkspaceScope>(FixedWorkspaceScope.OfSystem(Brigade.Data.Entities.Workspace.DefaultId)).AddSingleton<ICellSummaries>(new Summaries()).AddBrigadeData(postgres, dataDirectory).BuildServiceProvider();
        var spec = new ExperimentSpec
        {
            Name = name,
            Workload = new WorkloadSpec { Kernel = "cpu.primes", Params = new Dictionary<string, ParameterValue>(StringComparer.Ordinal) { ["limit"] = ParameterValue.Of(2_000) } },
            Matrix = new MatrixSpec { Runtime = ["python"], Strategy = [Strategy.Processes], Workers = [2] },
            Load = new LoadSpec { Tasks = 100 },
        };
        var experiment = (await services.GetRequiredService<ExperimentStore>().CreateAsync(spec)).Id;
        var plan = new TrialPlan([new Cell("python", Strategy.Processes, 2, Channel.Pipe, StartMethod.Fork, 1, 0, spec.Workload.Params)], [new PlannedTrial(0, 0, 1)], 42, []);
        var store = services.GetRequiredService<RunStore>();
        // Stored as ended ones: the server beside would execute what is queued.
        var runs = await store.ImportAsync([.. Enumerable.Range(0, Fast + Slow).Select(Run)]);
        return new SeededHistory(experiment, [.. runs.Select(run => run.Id)], runs[Fast].Id);

        ImportedRun Run(int i)
        {
            var ended = TimeProvider.System.GetUtcNow().AddDays(2 * (i + 1 - Fast - Slow));
            var throughput = (i < Fast ? 100.0 : 70.0) + (i * 37 % 5 * 0.4);
            TrialResult[] trials = [new TrialResult { Index = 0, Cell = 0, Repetition = 1, Status = TrialStatus.Completed, Runtime = "python3.11", Tasks = 100, WallMs = 1_000, ThroughputPerSecond = throughput, Latency = new Latency { P50Ms = 10, P99Ms = 20 } }];
            return new ImportedRun(spec, "seed", Machine, plan, trials, ended.AddSeconds(-30), ended, experiment);
        }
    }

    private sealed class Summaries : ICellSummaries
    {
        public CellSummary Of(IReadOnlyList<Repetition> completed, int seed, int cell) =>
            new(Level(completed.Select(one => one.Throughput)), Level(completed.Select(one => one.P50Ms ?? 0)), Level(completed.Select(one => one.P99Ms ?? 0)), 0);

        private static Level Level(IEnumerable<double> values) => new(values.Average(), values.Min(), values.Max());
    }
}
