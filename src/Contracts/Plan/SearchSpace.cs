using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;

namespace Brigade.Contracts.Plan;

/// <summary>The candidates of a search: what a list that its matrix leaves out stands for, and which of them are measured first.</summary>
public static class SearchSpace
{
    /// <summary>The most candidates of one search.</summary>
    public const int MaximumCandidates = TrialPlanner.MaximumTrials / MostRounds;

    /// <summary>The most rounds of a search, in each of which a candidate is measured at most once.</summary>
    public const int MostRounds = 8;

    /// <summary>Worker counts of work that waits, beyond what its processors could do at once.</summary>
    private const int MostWaiting = 64;

    private const int MostWorkers = 256;

    private static readonly int[] Chunks = [1, 64];

    /// <summary>A search's spec with the lists that its matrix leaves out; the same spec where it is no search. Doing it twice changes nothing.</summary>
    /// <param name="machine">Where it runs; a machine of two processors with every runtime where absent.</param>
    public static ExperimentSpec Fill(ExperimentSpec spec, Machine? machine = null)
    {
        if (spec.Search is null)
        {
            return spec;
        }

        var matrix = spec.Matrix;
        return spec with
        {
            Repeat = MostRounds,
            Matrix = matrix with
            {
                Runtime = matrix.Runtime.Count > 0 ? matrix.Runtime : Runtimes(spec, machine),
                Strategy = matrix.Strategy.Count > 0 ? matrix.Strategy : [Strategy.Sequential, Strategy.Threads, Strategy.Async, Strategy.Pool, Strategy.Processes],
                Workers = matrix.Workers.Count > 0 ? matrix.Workers : Workers(Cores(spec, machine)),
                Channel = matrix.Channel.Count > 0 ? matrix.Channel : matrix.PayloadBytes.Any(bytes => bytes > 0) ? [Channel.Pipe, Channel.SharedMemory] : [Channel.Pipe],
                ChunkSize = matrix.ChunkSize.Count > 0 ? matrix.ChunkSize : Chunks,
            },
        };
    }

    /// <summary>The candidates that are measured before all others, to see how long a task is and what it does: of each runtime the one with the least beside a task.</summary>
    public static IReadOnlyList<int> Probes(IReadOnlyList<Cell> cells) =>
    [
        .. cells
            .Select((cell, index) => (cell, index))
            .GroupBy(pair => pair.cell.Runtime, StringComparer.Ordinal)
            .Select(group => group.OrderBy(pair => pair.cell.Strategy == Strategy.Sequential ? 0 : 1).ThenBy(pair => pair.cell.Workers).ThenBy(pair => pair.index).First().index),
    ];

    /// <summary>Processors that a trial may use.</summary>
    public static int Cores(ExperimentSpec spec, Machine? machine)
    {
        var cores = Math.Max(1, Math.Min(machine?.Cores ?? 2, (int)Math.Ceiling(machine?.ProcessorLimit ?? int.MaxValue)));
        return spec.Limits.CpuSet is { } list && CpuList.TryParse(list) is { Count: > 0 } set ? Math.Min(cores, set.Count) : cores;
    }

    /// <summary>Two and its powers, and the number of processors. One worker of any strategy does what sequential does.</summary>
    private static List<int> Workers(int cores)
    {
        var most = Math.Min(MostWorkers, Math.Max(MostWaiting, cores * 2));
        var workers = new SortedSet<int>();
        for (var count = 2; count <= most; count *= 2)
        {
            workers.Add(count);
        }

        if (cores is > 1 and <= MostWorkers)
        {
            workers.Add(cores);
        }

        return [.. workers];
    }

    /// <summary>The kinds of runtime that can run the work, of those that the machine has.</summary>
    private static List<string> Runtimes(ExperimentSpec spec, Machine? machine)
    {
        var able = RuntimeCatalogue.All.Select(kind => kind.Name).Where(name => RuntimeGaps.Find(spec, name) is null).ToList();
        var found = able.Where(name => machine?.Runtimes.Any(runtime => string.Equals(runtime.Language, name, StringComparison.Ordinal)) != false).ToList();
        return found.Count > 0 ? found : able.Count > 0 ? able : [RuntimeNames.Python];
    }
}
