using System.Globalization;

namespace Brigade.Contracts.Spec;

/// <summary>A set of processors in the kernel's list form: <c>0-1,3</c>.</summary>
public static class CpuList
{
    /// <summary>The highest number that a processor can have here.</summary>
    public const int Highest = 4_095;

    public const string Form = "write numbers and ranges joined by commas, for example '0-1,3'";

    /// <summary>The processors of a list, each once and in order; null where it is no list.</summary>
    public static IReadOnlyList<int>? TryParse(string text)
    {
        var found = new SortedSet<int>();
        foreach (var part in text.Split(','))
        {
            var ends = part.Split('-');
            if (ends.Length > 2 || Number(ends[0]) is not { } first || Number(ends[^1]) is not { } last || last < first)
            {
                return null;
            }

            found.UnionWith(Enumerable.Range(first, last - first + 1));
        }

        return [.. found];
    }

    /// <summary>The shortest list of the processors.</summary>
    public static string Format(IEnumerable<int> processors)
    {
        var parts = new List<(int First, int Last)>();
        foreach (var processor in processors.Order().Distinct())
        {
            if (parts.Count > 0 && parts[^1].Last == processor - 1)
            {
                parts[^1] = (parts[^1].First, processor);
            }
            else
            {
                parts.Add((processor, processor));
            }
        }

        return string.Join(',', parts.Select(part => part.First == part.Last ? Text(part.First) : $"{Text(part.First)}-{Text(part.Last)}"));
    }

    private static int? Number(string text) => int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value <= Highest ? value : null;

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
