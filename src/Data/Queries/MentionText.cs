namespace Brigade.Data.Queries;

/// <summary>Finds the names of members in a text.</summary>
internal static class MentionText
{
    /// <summary>Members whose whole name stands behind an @, upper and lower case being the same; the longest name that fits counts, and those who share it are all meant.</summary>
    public static IReadOnlyList<MemberName> Find(string text, IReadOnlyList<MemberName> members)
    {
        Dictionary<Guid, MemberName> found = [];
        for (var at = text.IndexOf('@', StringComparison.Ordinal); at >= 0; at = text.IndexOf('@', at + 1))
        {
            // An address of mail is no name.
            if (at > 0 && char.IsLetterOrDigit(text[at - 1]))
                continue;
            var rest = text.AsSpan(at + 1);
            var longest = 0;
            foreach (var member in members)
                longest = Fits(rest, member.Name) ? Math.Max(longest, member.Name.Length) : longest;
            foreach (var member in members.Where(member => longest > 0 && member.Name.Length == longest))
            {
                if (Fits(text.AsSpan(at + 1), member.Name))
                    found[member.Id] = member with { Name = text.Substring(at + 1, longest) };
            }
        }

        return [.. found.Values];
    }

    private static bool Fits(ReadOnlySpan<char> text, string name) =>
        name.Length > 0 && text.StartsWith(name, StringComparison.OrdinalIgnoreCase) && (text.Length == name.Length || !char.IsLetterOrDigit(text[name.Length]));
}
