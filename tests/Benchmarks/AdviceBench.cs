using System.Globalization;
using Brigade.Contracts.Plan;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;
using Brigade.Runner.Runs;
using Brigade.Runner.Runtimes;
using Brigade.Runner.TrialHosts.DotNet;
using Brigade.Runner.Trials;

namespace Brigade.Benchmarks;

/// <summary>The advice of a short search against all of its candidates measured: how much the advised cell does of what the best one does.</summary>
/// <param name="most">How many workloads are tried.</param>
internal sealed class AdviceBench(int most) : ISuite
{
    /// <summary>22 of 24.</summary>
    private const double Share = 22.0 / 24;

    private const double Near = 0.95;

    /// <summary>Candidates that are measured again: so few that they get many rounds.</summary>
    private const int Finalists = 4;

    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(10);

    public string Name => "advice";

    public string Title => "The advised cell against the best of all that were measured";

    public async IAsyncEnumerable<Row> MeasureAsync(int rounds)
    {
        using var server = new TinyHttpServer();
        var machine = await MachineFacts.ReadBeforeRunAsync(new OtherLoad(TimeProvider.System), CancellationToken.None);
        var ratios = new List<double>();
        foreach (var workload in AdviceWorkloads.All(server.Url).Take(most))
        {
            var (advice, advised) = await AdviseAsync(workload, machine);
            var (ratio, best) = await CompareAsync(workload, machine, advised);
            ratios.Add(ratio);
            yield return new Row(
                $"{workload.Title}: advised {Short(advised)}, {advice.Class}, confidence {advice.Confidence.ToString("0.00", CultureInfo.InvariantCulture)}", $"best {Short(best)}", new Sample([ratio]), "(counted below)", Reached: true);
        }

        var good = ratios.Count(ratio => ratio >= Near);
        yield return new Row(FormattableString.Invariant($"workloads of which the advised cell is within 5 % of the best: {good} of {ratios.Count}"), "—", new Sample(ratios), FormattableString.Invariant($"{Math.Ceiling(ratios.Count * Share)}"), good >= Math.Ceiling(ratios.Count * Share));
    }

    private static async Task<(Advice Advice, Cell Cell)> AdviseAsync(AdviceWorkload workload, Machine machine)
    {
        var spec = SearchSpec.Of(Spec(workload)) with { Search = new SearchSpec { Budget = Budget } };
        var output = new ResultOutput(spec);
        var outcome = await new RunExecutor(new Hosts(machine.Runtimes), TimeProvider.System).ExecuteAsync(spec, 1, machine, [output], CancellationToken.None);
        var advice = output.Build()?.Advice ?? throw new InvalidOperationException($"{workload.Title} has no advice: {outcome.Reason}");
        return (advice, output.Plan!.Cells[advice.Cell]);
    }

    /// <summary>Measures every candidate twice and the best of them, with the advised one, four times more, always in rounds of a new order; medians.</summary>
    private static async Task<(double Ratio, Cell Best)> CompareAsync(AdviceWorkload workload, Machine machine, Cell advised)
    {
        var spec = Spec(workload);
        var plan = TrialPlanner.Expand(spec with { Repeat = 1 }, seed: 1);
        var executor = new TrialExecutor(new Hosts(machine.Runtimes), TimeProvider.System);
        var measured = plan.Cells.ToDictionary(cell => cell, _ => new List<double>());
        var order = new Random(1);

        async Task RoundAsync(IEnumerable<Cell> cells, TimeSpan length)
        {
            var bounded = spec with { Load = new LoadSpec { Duration = length }, Warmup = new WarmupSpec { Duration = TimeSpan.FromMilliseconds(100) } };
            foreach (var cell in cells.OrderBy(_ => order.Next()).ToArray())
            {
                var result = await executor.ExecuteAsync(new TrialJob(bounded, cell, new PlannedTrial(0, 0, 1)), _ => ValueTask.CompletedTask, CancellationToken.None);
                if (result.Status == TrialStatus.Completed)
                {
                    measured[cell].Add(result.ThroughputPerSecond);
                }
            }
        }

        double Level(Cell cell) => measured[cell].Count == 0 ? 0 : new Sample(measured[cell]).Median;
        for (var round = 0; round < 2; round++)
        {
            await RoundAsync(plan.Cells, TimeSpan.FromMilliseconds(200));
        }

        var own = plan.Cells.First(cell => (cell with { Params = advised.Params }) == advised);
        var finalists = plan.Cells.OrderByDescending(Level).Take(Finalists).Append(own).Distinct().ToArray();
        foreach (var cell in finalists)
        {
            // Short trials told who is in it; only the longer ones, of the same length, tell who is best.
            measured[cell].Clear();
        }

        for (var round = 0; round < 5; round++)
        {
            await RoundAsync(finalists, TimeSpan.FromMilliseconds(400));
        }

        var best = finalists.MaxBy(Level)!;
        return (Level(best) > 0 ? Level(own) / Level(best) : 0, best);
    }

    private static ExperimentSpec Spec(AdviceWorkload workload) => new() { Name = "advice", Workload = workload.Work, Matrix = workload.Matrix };

    private static string Short(Cell cell) => FormattableString.Invariant($"`{EnumName.Of(cell.Strategy)}` × {cell.Workers}{(cell.ChunkSize > 1 ? $" chunk {cell.ChunkSize}" : "")}{(cell.PayloadBytes > 0 && cell.Channel is { } channel ? $" {EnumName.Of(channel)}" : "")}");

    /// <summary>The runner's hosts; the .NET one is the runner's executable, not this one.</summary>
    private sealed class Hosts(IReadOnlyList<RuntimeInfo> runtimes) : ITrialHosts
    {
        private readonly TrialHostCatalogue _catalogue = new(runtimes);

        public IReadOnlyList<RuntimeInfo> Runtimes => runtimes;

        public RuntimeInfo? Resolve(string runtime) => _catalogue.Resolve(runtime);

        public HostCommand CommandFor(RuntimeInfo runtime) => runtime.Id == "dotnet"
            ? new HostCommand(Path.Combine(AppContext.BaseDirectory, "Brigade.Runner"), ["trial"], TrialHost.Environment)
            : _catalogue.CommandFor(runtime);
    }
}
