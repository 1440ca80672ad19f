namespace Brigade.Contracts.Spec.Reading;

/// <summary>"Did you mean …?": the known word that is nearest to what was written.</summary>
internal static class Suggestion
{
    private const int MaximumLength = 64;

    /// <summary>The end of a sentence that names what was written: a question where a known word is near, else a full stop.</summary>
    public static string End(string written, IEnumerable<string> known) => Nearest(written, known) is { } word ? $"; did you mean '{word}'?" : ".";

    public static string? Nearest(string written, IEnumerable<string> known)
    {
        if (written.Length is 0 or > MaximumLength)
        {
            return null;
        }

        string? nearest = null;
        // One more than the edits that are still called near: few in a short word, or everything would be near.
        var least = written.Length switch { <= 3 => 2, < 10 => 3, _ => 4 };
        foreach (var word in known)
        {
            var distance = Distance(Fold(written), Fold(word));
            if (distance < least)
            {
                (nearest, least) = (word, distance);
            }
        }

        return nearest;
    }

    private static string Fold(string word) =>
        word.ToLowerInvariant().Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal);

    /// <summary>Edits (insert, delete, replace, swap of neighbours) from one word to the other: the optimal string alignment distance.</summary>
    private static int Distance(string left, string right)
    {
        var table = new int[left.Length + 1, right.Length + 1];
        for (var i = 0; i <= left.Length; i++)
        {
            table[i, 0] = i;
        }

        for (var j = 0; j <= right.Length; j++)
        {
            table[0, j] = j;
        }

        for (var i = 1; i <= left.Length; i++)
        {
            for (var j = 1; j <= right.Length; j++)
            {
                var replaced = table[i - 1, j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1);
                table[i, j] = Math.Min(replaced, Math.Min(table[i - 1, j], table[i, j - 1]) + 1);
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                {
                    table[i, j] = Math.Min(table[i, j], table[i - 2, j - 2] + 1);
                }
            }
        }

        return table[left.Length, right.Length];
    }
}
