using Brigade.Analysis.View;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;

namespace Brigade.Analysis.Findings;

/// <summary>What tasks carry to another process and back costs more of the workers' time than the tasks.</summary>
internal sealed class TransportDominates : IFinding
{
    /// <summary>From this share of the workers' time on it is told.</summary>
    private const double Notable = 0.4;

    /// <summary>With less to carry, it is the handing over as such that costs.</summary>
    private const int LeastBytes = 1_024;

    public IEnumerable<Finding> Find(RunView run) => run.PerRuntime(group => Find(run, group));

    private static Finding? Find(RunView run, WorkGroup group)
    {
        var cells = group.Cells
            .Where(cell => cell.Strategy == Strategy.Processes && cell.Cell.PayloadBytes >= LeastBytes && cell.HasFigures && Transport(cell) >= Notable && Transport(cell) > cell.ShareOf(CostKind.Work, CostKind.WorkWaiting))
            .OrderByDescending(Transport)
            .ToArray();
        if (cells.Length == 0)
            return null;

        var cell = cells[0];
        var mend = cell.Cell.Channel == Channel.SharedMemory
            ? "What need not travel costs nothing: send less, or let workers read it themselves."
            : "Send less, let workers read it themselves, or try the shared-memory channel.";
        var text = $"Carrying tasks and results takes {Naming.Percent(Transport(cell))} of the workers' time in {run.Describe(cell)}: {Naming.Percent(cell.ShareOf(CostKind.Serialization))} to turn them into bytes and back, "
            + $"{Naming.Percent(cell.ShareOf(CostKind.Channel))} in the channel. {mend}";
        return new("transport-dominates", Severity.Warning, text, new()
        {
            ["serializationShare"] = Evidence.Figure(cell.ShareOf(CostKind.Serialization)),
            ["channelShare"] = Evidence.Figure(cell.ShareOf(CostKind.Channel)),
            ["payloadBytes"] = cell.Cell.PayloadBytes,
            ["cells"] = Evidence.Cells(cells),
        });
    }

    private static double Transport(CellView cell) => cell.ShareOf(CostKind.Serialization, CostKind.Channel);
}
