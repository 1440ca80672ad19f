using System.Globalization;

namespace Brigade.Web.Features.Compare;

/// <summary>What is to be compared, as an address says it: runs by id, and cells by number.</summary>
/// <param name="Runs">The first one is what the others are compared with.</param>
/// <param name="Cells">Numbers of cells in the plan of the first run, from 0; empty for all of them. With one run these are what is compared with each other.</param>
/// <param name="Problems">What could not be taken, and why, by parameter.</param>
public sealed record ComparedIds(IReadOnlyList<Guid> Runs, IReadOnlyList<int> Cells, IReadOnlyList<(string Parameter, string Message)> Problems)
{
    /// <summary>The most runs, or cells of one run, side by side: more columns nobody can read.</summary>
    public const int Most = 8;

    private const int MostCells = 200;

    /// <summary>Reads comma-separated lists. What is wrong is left out and told; what is there twice counts once.</summary>
    public static ComparedIds Read(string? runs, string? cells)
    {
        List<(string, string)> problems = [];
        List<Guid> ids = [];
        foreach (var text in Parts(runs))
        {
            if (Guid.TryParse(text, out var id))
                ids.Add(id);
            else
                problems.Add(("runs", $"'{Shown(text)}' is no id of a run."));
        }

        List<int> numbers = [];
        foreach (var text in Parts(cells))
        {
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                numbers.Add(number);
            else
                problems.Add(("cells", $"'{Shown(text)}' is no number of a cell."));
        }

        ids = [.. ids.Distinct()];
        numbers = [.. numbers.Distinct()];
        if (ids.Count > Most)
            problems.Add(("runs", $"{ids.Count} runs are more than can be compared at once; the most is {Most}."));
        var most = ids.Count == 1 ? Most : MostCells;
        if (numbers.Count > most)
            problems.Add(("cells", $"{numbers.Count} cells are more than can be compared at once; the most is {most}."));
        return new ComparedIds([.. ids.Take(Most)], [.. numbers.Take(most)], problems);
    }

    private static string[] Parts(string? list) => (list ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static string Shown(string text) => text.Length > 40 ? text[..40] + "…" : text;
}
