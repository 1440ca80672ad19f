using Brigade.Analysis.Comparing;

namespace Brigade.Analysis.Reports.Comparisons;

/// <summary>Writes a comparison in one format. Pure: the same comparison gives the same text.</summary>
public interface IComparisonExporter
{
    /// <summary>As <c>?as=</c> says it.</summary>
    string Name { get; }

    /// <summary>For people.</summary>
    string Title { get; }

    string MediaType { get; }

    /// <summary>Of a file's name, with its dot.</summary>
    string Extension { get; }

    /// <summary>The whole file.</summary>
    string Write(Comparison comparison);
}
