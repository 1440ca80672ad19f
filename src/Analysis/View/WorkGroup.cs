using Brigade.Analysis.Advising;
using Brigade.Contracts.Spec;

namespace Brigade.Analysis.View;

/// <summary>The cells that do the same work: one runtime, one set of parameters. Speed-ups are comparable within a group.</summary>
/// <param name="Parameters">Canonical text of the parameters, equal in every runtime; empty where there are none.</param>
/// <param name="Cells">In plan order.</param>
/// <param name="Class">Null where nothing of the group was measured.</param>
internal sealed record WorkGroup(string Runtime, string Parameters, IReadOnlyList<CellView> Cells, Classification? Class)
{
    /// <summary>Whether tasks keep a processor busy, with computing or with waiting for the memory.</summary>
    public bool IsCpuBound => Class?.Class is WorkClass.CpuBound or WorkClass.MemoryBound;

    /// <summary>Whether tasks mostly wait.</summary>
    public bool IsWaiting => Class?.Class is WorkClass.SlowIo or WorkClass.FastIo;

    /// <summary>Cells of the given strategies with at least two workers, figures and a speed-up; those nearest to <paramref name="workers"/> first, then in the strategies' order.</summary>
    public IReadOnlyList<CellView> Parallel(int workers, params Strategy[] strategies) => Cells
        .Where(cell => strategies.Contains(cell.Strategy) && cell.Workers >= 2 && cell.HasFigures && cell.Result.Speedup is not null)
        .OrderBy(cell => Math.Abs(cell.Workers - workers))
        .ThenBy(cell => Array.IndexOf(strategies, cell.Strategy))
        .ToArray();
}
