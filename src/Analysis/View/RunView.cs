using System.Globalization;
using Brigade.Analysis.Searching;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;

namespace Brigade.Analysis.View;

/// <summary>A run as findings and advice see it.</summary>
/// <param name="Cells">In plan order.</param>
/// <param name="Groups">In plan order of their first cell.</param>
internal sealed record RunView(ExperimentSpec Spec, RunStatus Status, Machine Machine, IReadOnlyList<CellView> Cells, IReadOnlyList<WorkGroup> Groups)
{
    private readonly Dictionary<int, WorkGroup> _groups = Groups.SelectMany(group => group.Cells, (group, cell) => (cell.Index, group)).ToDictionary();

    private readonly ILookup<(string Runtime, Strategy Strategy, int Workers), CellView> _namesakes = Cells.ToLookup(NameOf);

    /// <summary>Throughputs by repetition, for comparing cells within one: repetitions are interleaved.</summary>
    public Rounds Rounds { get; init; } = new();

    /// <summary>What the run searched; null where it measured every cell alike.</summary>
    public SearchView? Search { get; init; }

    /// <summary>Whether a search dropped the cell, so that it is out of the question.</summary>
    public bool IsOut(CellView cell) => Search?.Out.ContainsKey(cell.Index) == true;

    /// <summary>What cells are ranked by: the throughput; in a search relative to its leader, as trials there are not all measured under the same conditions.</summary>
    public double Level(CellView cell) => Search?.Level(cell.Index) ?? cell.Throughput;

    /// <summary>Whether a cell counts as fast as the best one.</summary>
    public bool IsAsGood(CellView cell, CellView best) => Search is null ? cell.IsAsGoodAs(best) : cell == best || (!IsOut(cell) && Against(best, cell)?.IsWithin(Search.Difference) == true);

    /// <summary>How a cell compares with another one, by the repetitions that measured both; null where one was not measured.</summary>
    public Standing? Against(CellView leader, CellView cell) => Standings.Against(Rounds, leader.Index).FirstOrDefault(standing => standing.Cell == cell.Index);

    /// <summary>Processors that a trial could use: the machine's, or those of <c>limits.cpuSet</c> where they are fewer.</summary>
    public int Cores => Math.Max(1, Spec.Limits.CpuSet is { } list && CpuList.TryParse(list) is { } set ? Math.Min(set.Count, Machine.Cores) : Machine.Cores);

    /// <summary>A clause about processors that were busy with other work when the run began, where they were more than a quarter of all; else null.</summary>
    public string? OtherLoad => Machine.OtherLoad > Cores * 0.25
        ? $"about {Machine.OtherLoad.ToString("0.0", CultureInfo.InvariantCulture)} of {Naming.Count(Cores, "processor")} {(Math.Round(Machine.OtherLoad, 1) == 1 ? "was" : "were")} busy with other work when the run began"
        : null;

    /// <summary>What an open load came to, by cell; empty for a closed load.</summary>
    public IEnumerable<(CellView Cell, OpenLoad Load)> OpenLoads()
    {
        var durationMs = Spec.Load.OpenStages().Sum(stage => stage.For.TotalMilliseconds);
        return Cells.Select(cell => (Cell: cell, Load: OpenLoad.Of(cell, durationMs))).Where(pair => pair.Load is not null).Select(pair => (pair.Cell, pair.Load!));
    }

    public Naming Names { get; } = new(Cells.Select(cell => cell.Cell.Runtime).Distinct(StringComparer.Ordinal).ToArray());

    public WorkGroup GroupOf(CellView cell) => _groups[cell.Index];

    /// <summary>The groups of each runtime, those with the longest tasks first: there, the cost of dispatch hides least.</summary>
    public IEnumerable<IReadOnlyList<WorkGroup>> GroupsByRuntime() => Groups
        .GroupBy(group => group.Runtime, StringComparer.Ordinal)
        .Select(groups => groups.OrderByDescending(group => group.Class?.TaskMs ?? 0).ToArray());

    /// <summary>One finding per runtime: that of its longest tasks for which <paramref name="find"/> gives one.</summary>
    public IEnumerable<Finding> PerRuntime(Func<WorkGroup, Finding?> find) =>
        GroupsByRuntime().Select(groups => groups.Select(find).FirstOrDefault(finding => finding is not null)).OfType<Finding>();

    /// <summary>The parameters of a group, as " (limit = 1000)", where its runtime has other groups; else empty.</summary>
    public string Where(WorkGroup group) => group.Parameters.Length > 0 && Groups.Any(other => other != group && string.Equals(other.Runtime, group.Runtime, StringComparison.Ordinal)) ? $" ({group.Parameters})" : "";

    /// <summary>A cell as "Python processes with 2 workers (chunk size 64)": of the further coordinates, those that tell it from others of the same name.</summary>
    /// <param name="parameters">Whether parameters belong to the name, or the sentence names them elsewhere.</param>
    public string Describe(CellView cell, bool parameters = true) => $"{Names.Runtime(cell.Cell.Runtime)} {DescribeWithin(cell, parameters)}";

    /// <summary>As <see cref="Describe"/>, without the runtime.</summary>
    public string DescribeWithin(CellView cell, bool parameters = true)
    {
        var namesakes = _namesakes[NameOf(cell)].Where(other => parameters || GroupOf(other) == GroupOf(cell)).Select(other => Naming.Details(other).ToArray()).ToArray();
        var details = Naming.Details(cell).Where((detail, i) => detail.Length > 0 && namesakes.Any(other => !string.Equals(other[i], detail, StringComparison.Ordinal))).ToArray();
        return details.Length == 0 ? Naming.Cell(cell) : $"{Naming.Cell(cell)} ({string.Join(", ", details)})";
    }

    /// <summary>How many processors the cell's workers could use at once: one for a single thread, else no more than workers or cores.</summary>
    public int Parallelism(CellView cell) => cell.Strategy is Strategy.Sequential or Strategy.Async ? 1 : Math.Min(cell.Workers, Cores);

    /// <summary>Whether even the least speed-up that the intervals allow, of work that computes, is above what the processors could give: with a tenth of tolerance, three tenths where there are no intervals.</summary>
    public bool IsImplausible(CellView cell) =>
        cell.HasFigures && cell.SpeedupLow > Parallelism(cell) * (cell.IsRepeated ? 1.1 : 1.3) && GroupOf(cell).IsCpuBound;

    /// <summary>Whether work that computes has one processor, as with one worker, in async, or in threads with a GIL: it can do no more than one after the other, and what it seems to gain is noise.</summary>
    public bool HasOneProcessor(CellView cell) => cell.Strategy != Strategy.Sequential && GroupOf(cell).IsCpuBound
        && (Parallelism(cell) == 1 || (cell.Runtime?.Gil == true && cell.Strategy is Strategy.Threads or Strategy.Pool && cell.CpuUtilisation <= Scaling.OneProcessor));

    private static (string Runtime, Strategy Strategy, int Workers) NameOf(CellView cell) => (cell.Cell.Runtime, cell.Strategy, cell.Workers);
}
