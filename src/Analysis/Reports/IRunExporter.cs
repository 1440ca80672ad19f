namespace Brigade.Analysis.Reports;

/// <summary>Writes a run in one format. Pure: the same report gives the same text.</summary>
public interface IRunExporter
{
    /// <summary>As <c>--as</c> and <c>?as=</c> say it.</summary>
    string Name { get; }

    /// <summary>For people.</summary>
    string Title { get; }

    string MediaType { get; }

    /// <summary>Of a file's name, with its dot.</summary>
    string Extension { get; }

    /// <summary>The parts that can be chosen, the first of which is the default; empty where there is but one.</summary>
    IReadOnlyList<string> Parts => [];

    /// <summary>Whether it writes the trials' histograms, which the report then has to hold (<see cref="RunReport.WithHistograms"/>).</summary>
    bool WantsHistograms => false;

    /// <summary>Why this report cannot be written in this format, and how to mend that; null where it can.</summary>
    string? Problem(RunReport report) => null;

    /// <summary>The whole file, its lines ended by a line feed unless the format says otherwise.</summary>
    /// <param name="part">One of <see cref="Parts"/>; null for the default.</param>
    string Write(RunReport report, string? part = null);
}
