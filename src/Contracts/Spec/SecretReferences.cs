using System.Text.RegularExpressions;

namespace Brigade.Contracts.Spec;

/// <summary>
/// The secrets that a workload names. In header values and the body of <c>http</c> and in the input of a command <c>${{ secrets.NAME }}</c> stands for a value; code and commands name theirs in
/// <see cref="WorkloadSpec.Secrets"/>; the connection of <c>sql</c> may be one.
/// </summary>
public static partial class SecretReferences
{
    public const int LongestName = 64;

    /// <summary>Shorter values could not be told from other text, and so not be kept out of it.</summary>
    public const int ShortestValue = 6;

    public const int LongestValue = 32 * 1024;

    /// <summary>Whether a secret can have this name: letters, digits, dashes and underscores, a letter first.</summary>
    public static bool IsName(string name) => name.Length is > 0 and <= LongestName && char.IsAsciiLetter(name[0]) && name.All(character => char.IsAsciiLetterOrDigit(character) || character is '_' or '-');

    /// <summary>The secrets that the workload cannot do without, each once.</summary>
    public static IReadOnlyList<string> In(WorkloadSpec workload)
    {
        ArgumentNullException.ThrowIfNull(workload);
        return [.. workload.Secrets.Concat(Texts(workload).SelectMany(NamesIn)).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>The same, and the connection of <c>sql</c>, which may be a secret.</summary>
    public static IReadOnlyList<string> Possible(WorkloadSpec workload) => workload?.Sql is { } sql ? [.. In(workload), sql.Connection] : In(workload!);

    /// <summary>The names in a text.</summary>
    public static IEnumerable<string> NamesIn(string text) => Reference().Matches(text).Select(match => match.Groups["name"].Value);

    /// <summary>The text with values in their places; a name that has none stays.</summary>
    public static string Fill(string text, IReadOnlyDictionary<string, string> values) =>
        values.Count == 0 ? text : Reference().Replace(text, match => values.TryGetValue(match.Groups["name"].Value, out var value) ? value : match.Value);

    /// <summary>Something that was meant to name a secret and does not.</summary>
    internal static string? Malformed(string text) => Attempt().Matches(text).Select(match => match.Value).FirstOrDefault(found => !Reference().IsMatch(found));

    private static IEnumerable<string> Texts(WorkloadSpec workload) =>
        [.. workload.Http?.Headers.Values ?? [], workload.Http?.Body ?? "", workload.Command?.Stdin ?? ""];

    [GeneratedRegex(@"\$\{\{\s*secrets\.(?<name>[A-Za-z][A-Za-z0-9_-]{0,63})\s*\}\}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Reference();

    [GeneratedRegex(@"\$\{\{\s*secrets?\b[^}]{0,100}(\}\}|\}|$)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Attempt();
}
