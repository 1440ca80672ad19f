using Brigade.Contracts.Plan;
using Brigade.Contracts.Spec;

namespace Brigade.Analysis.Advising;

/// <summary>What a cell takes from the system, before anything is measured: fewer workers first, then threads of one process before processes.</summary>
internal static class Price
{
    public static int Of(Cell cell) => (cell.Workers * 4) + Weight(cell.Strategy);

    /// <summary>What a strategy takes for the same number of workers: one thread, threads, processes, a process each time.</summary>
    public static int Weight(Strategy strategy) => strategy switch
    {
        Strategy.Sequential or Strategy.Async => 0,
        Strategy.Threads or Strategy.Pool => 1,
        Strategy.Processes => 2,
        _ => 3,
    };
}
