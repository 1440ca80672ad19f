namespace Brigade.Contracts.Spec.Reading;

/// <summary>JSON pointers as RFC 6901 writes them.</summary>
internal static class JsonPointer
{
    public static string Append(string pointer, string key) =>
        $"{pointer}/{key.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";

    public static string Append(string pointer, int index) => FormattableString.Invariant($"{pointer}/{index}");

    public static IEnumerable<string> Tokens(string pointer) =>
        pointer.Split('/').Skip(1).Select(token => token.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal));

    /// <summary>Whether one of the two is the other or holds it.</summary>
    public static bool AreRelated(string left, string right)
    {
        var (shorter, longer) = left.Length <= right.Length ? (left, right) : (right, left);
        return longer.StartsWith(shorter, StringComparison.Ordinal) && (longer.Length == shorter.Length || longer[shorter.Length] == '/');
    }
}
