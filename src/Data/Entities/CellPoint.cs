namespace Brigade.Data.Entities;

/// <summary>One cell of one ended run, summarised: a point of its experiment's trend. Written when the run ends, and never thinned.</summary>
public sealed class CellPoint : IWorkspaceOwned
{
    public Guid RunId { get; set; }

    /// <summary>Index of the cell in the run's plan.</summary>
    public int Cell { get; set; }

    public Guid WorkspaceId { get; set; }

    /// <summary>The run's experiment once more, so that a trend is one range of one index; null where it has none.</summary>
    public Guid? ExperimentId { get; set; }

    /// <summary>Equal for equal coordinates and parameters, in every run; see <see cref="Contracts.Plan.CellKey"/>.</summary>
    public required string CellKey { get; set; }

    /// <summary>As <see cref="Run.MachineKey"/>.</summary>
    public required string MachineKey { get; set; }

    /// <summary>When the run ended.</summary>
    public DateTimeOffset EndedAt { get; set; }

    /// <summary>Repetitions that completed, at least 1; the figures are over these.</summary>
    public int Completed { get; set; }

    /// <summary>Median throughput in tasks per second.</summary>
    public double Throughput { get; set; }

    /// <summary>Lower end of the 95 % interval of the median; equal to it where there is only one repetition.</summary>
    public double ThroughputLow { get; set; }

    public double ThroughputHigh { get; set; }

    /// <summary>Median over the repetitions of their 50th percentile; null where an import does not tell it.</summary>
    public double? P50Ms { get; set; }

    public double? P50LowMs { get; set; }

    public double? P50HighMs { get; set; }

    /// <summary>Median over the repetitions of their 99th percentile; null where an import does not tell it.</summary>
    public double? P99Ms { get; set; }

    public double? P99LowMs { get; set; }

    public double? P99HighMs { get; set; }

    /// <summary>Tasks of all completed repetitions that ended with an error or were lost, over all of their tasks; 0 to 1.</summary>
    public double ErrorRatio { get; set; }

    /// <summary>As <see cref="Run.Source"/>.</summary>
    public string Source { get; set; } = "";
}

/// <summary>A cell that at least one ended run of an experiment has: what its key means.</summary>
public sealed class ExperimentCell : IWorkspaceOwned
{
    public Guid ExperimentId { get; set; }

    public required string CellKey { get; set; }

    public Guid WorkspaceId { get; set; }

    /// <summary>The <see cref="Contracts.Plan.Cell"/> as JSON.</summary>
    public required string Cell { get; set; }

    /// <summary>Its place in the plan of the run that ended last.</summary>
    public int Place { get; set; }

    /// <summary>When the last run that has it ended.</summary>
    public DateTimeOffset LastEndedAt { get; set; }
}
