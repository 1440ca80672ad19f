using Brigade.Analysis.View;

namespace Brigade.Analysis.Advising;

/// <summary>The classes of work, as <see cref="Contracts.Runs.Advice.Class"/> names them.</summary>
internal static class WorkClass
{
    public const string CpuBound = "cpu-bound";
    public const string MemoryBound = "memory-bound";
    public const string FastIo = "fast-io";
    public const string SlowIo = "slow-io";
    public const string Mixed = "mixed";
}

/// <summary>What one task mostly does.</summary>
/// <param name="Class">One of <see cref="WorkClass"/>.</param>
/// <param name="CpuShare">CPU time over wall time of one worker, 0 to 1.</param>
/// <param name="TaskMs">Median time of one task without others beside it, in milliseconds.</param>
/// <param name="Source">The cell that tells it.</param>
/// <param name="Crowding">What tells whether workers slow each other down; null where nothing does.</param>
/// <param name="Doubts">What makes it less certain, as clauses that follow "because".</param>
internal sealed record Classification(string Class, double CpuShare, double TaskMs, CellView Source, Crowding? Crowding, IReadOnlyList<Doubt> Doubts);

/// <summary>One reason to be less certain.</summary>
/// <param name="Cost">What it takes from a confidence of 1.</param>
/// <param name="Reason">A clause that follows "because".</param>
internal sealed record Doubt(double Cost, string Reason);
