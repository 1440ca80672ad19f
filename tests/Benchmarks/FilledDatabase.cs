using System.Globalization;
using Brigade.Analysis.Statistics;
using Brigade.Contracts.Plan;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;
using Brigade.Data;
using Brigade.Data.Entities;
using Brigade.Data.Queries;
using Microsoft.Extensions.DependencyInjection;

namespace Brigade.Benchmarks;

/// <summary>A database of the product with a long history: the product stores one run of one experiment, and the database itself multiplies its rows.</summary>
internal sealed class FilledDatabase : IAsyncDisposable
{
    public const int RunsOfAnExperiment = 250;
    public const int TrialsOfARun = 10;

    private const int Cells = 5;
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("brigade-benchmark-");
    private readonly ServiceProvider _services;
    private readonly int _runCount;
    private Guid _open;

    private FilledDatabase(string? postgres, int runCount)
    {
        _runCount = runCount;
        _services = new ServiceCollection().AddSingleton<IWorkspaceScope>(FixedWorkspaceScope.OfSystem(Brigade.Data.Entities.Workspace.DefaultId)).AddSingleton<ICellSummaries>(new Summaries()).AddBrigadeData(postgres, _directory.FullName).BuildServiceProvider();
    }

    public TimeSpan FilledIn { get; private set; }

    public RunStore Runs => _services.GetRequiredService<RunStore>();

    public TrendStore Trends => _services.GetRequiredService<TrendStore>();

    public ChangeStore Changes => _services.GetRequiredService<ChangeStore>();

    /// <summary>In the middle of all runs.</summary>
    public RunPlace Middle => new(Now.AddMinutes(-5 * (_runCount / 2)), Guid.Empty);

    public static async Task<FilledDatabase> CreateAsync(string? postgres, int runCount)
    {
        var database = new FilledDatabase(postgres, runCount);
        var start = TimeProvider.System.GetTimestamp();
        await DatabaseStartup.MigrateAsync(database._services);
        await database.FillAsync();
        database._open = (await database.Runs.CreateAsync(Spec, 42, 1_000_000, null)).Id;
        await database.Runs.CommitAsync(database._open, new RunChanges { Status = RunStatus.Running, StartedAt = Now, Machine = Machine, Plan = Plan });
        database.FilledIn = TimeProvider.System.GetElapsedTime(start);
        return database;
    }

    /// <summary>Some run, another for each call.</summary>
    public Guid Run(int call) => Multiplier.Id(Spread(call, _runCount));

    public Guid Experiment(int call) => Multiplier.Id(Spread(call, _runCount / RunsOfAnExperiment));

    /// <summary>A tag that one run has.</summary>
    public string Commit(int call) => string.Create(CultureInfo.InvariantCulture, $"commit-{Spread(call, _runCount):000000}");

    /// <summary>What a run's owner commits when a trial has ended.</summary>
    public Task StoreTrialAsync(int call) => Runs.CommitAsync(_open, new RunChanges
    {
        Status = RunStatus.Running,
        KnownPlan = Plan,
        Trials = [Trial(call) with { Cell = 0 }],
        Segments = [new FrameSegment(call, [.. Enumerable.Range(0, 20).Select(number => new Frame(call, number, 100, 50, 0, 1, 2, 3, new byte[300], 90, 5, 50_000_000, 12, 3, [new WorkerFrame(0, WorkerState.Running, 1, 0.9, 25)]))])],
        CommittedSequence = call,
    });

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _directory.Delete(recursive: true);
    }

    private static Machine Machine { get; } = new("host", 2, 8L << 30, "Debian 12", "A processor", "performance", 0.5, [new("python3.11", "python", "3.11.2", "/usr/bin/python3.11", Gil: true, IsDefault: true)]);

    private static ExperimentSpec Spec { get; } = new()
    {
        Name = "template",
        Workload = new WorkloadSpec { Kernel = "cpu.primes", Params = new Dictionary<string, ParameterValue>(StringComparer.Ordinal) { ["limit"] = ParameterValue.Of(2_000) } },
        Matrix = new MatrixSpec { Runtime = ["python"], Strategy = [Strategy.Threads], Workers = [1, 2, 3, 4, 5] },
        Tags = ["nightly"],
    };

    private static TrialPlan Plan { get; } = new(
        [.. Enumerable.Range(1, Cells).Select(workers => new Cell("python", Strategy.Threads, workers, null, null, null, 0, Spec.Workload.Params))],
        [.. Enumerable.Range(0, TrialsOfARun).Select(index => new PlannedTrial(index, index % Cells, 1 + (index / Cells)))], 42, []);

    // The multiplier of a prime walks over all of them without a pattern.
    private static int Spread(int call, int count) => (int)((long)call * 7_919 % count);

    private static TrialResult Trial(int index) => new()
    {
        Index = index, Cell = index % Cells, Repetition = 1 + (index / Cells), Status = TrialStatus.Completed, Runtime = "python3.11", Tasks = 200, WallMs = 1_234.5, ThroughputPerSecond = 162.3,
        Latency = new Latency { P50Ms = 1.1, P90Ms = 1.2, P95Ms = 1.3, P99Ms = 1.4, P999Ms = 1.5, MaxMs = 1.6, MeanMs = 1.15 },
        CpuUserMs = 1_000.25, CpuSystemMs = 20.5, SwitchesVoluntary = 300, PeakMemoryBytes = 50_000_000, StartupMs = 80.1, Checksum = "0123456789abcdef", Histogram = new byte[400],
    };

    private async Task FillAsync()
    {
        var experiment = (await _services.GetRequiredService<ExperimentStore>().CreateAsync(Spec)).Id;
        var run = (await Runs.CreateAsync(Spec, 42, TrialsOfARun, experiment)).Id;
        await Runs.CommitAsync(run, new RunChanges { Status = RunStatus.Completed, StartedAt = Now, EndedAt = Now, Machine = Machine, Plan = Plan, Trials = [.. Enumerable.Range(0, TrialsOfARun).Select(Trial)] });
        foreach (var due in await Changes.DueAsync(10))
            await Changes.ExaminedAsync(due);
        var change = new Change { Id = Guid.CreateVersion7(), ExperimentId = experiment, CellKey = CellKey.Of(Plan.Cells[0]), MachineKey = MachineKeys.Of(Machine), RunId = run, At = Now, Before = 100, After = 80, RelativeShift = -0.2, Confidence = 1, FoundAt = Now };
        await Changes.StoreAsync(new SeriesFindings([change], [], []));
        await new Multiplier(_services, _runCount, _runCount / RunsOfAnExperiment, Now).MultiplyAsync(experiment, run);
    }

    private sealed class Summaries : ICellSummaries
    {
        public CellSummary Of(IReadOnlyList<Repetition> completed, int seed, int cell)
        {
            // The cost matters, not the figure.
            var level = Level(completed.Select(repetition => repetition.Throughput), seed);
            return new CellSummary(level, level, level, 0);
        }

        private static Level Level(IEnumerable<double> values, int seed)
        {
            var all = values.ToArray();
            var interval = BootstrapInterval.OfMedian(all, seed);
            return new Level(Median.Of(all), interval.Low, interval.High);
        }
    }
}
