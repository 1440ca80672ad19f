using System.Text;

namespace Brigade.Web.Components.Formatting;

/// <summary>A workload's own figure as people read it: its name in words, and its unit, which its name in the result ends with: <c>lostUpdates</c>, <c>megabytesPerSecond</c>, <c>roundTripMs</c>.</summary>
/// <param name="Title">A few words, first letter large.</param>
/// <param name="Format">A value with its unit.</param>
public sealed record FigureName(string Title, Func<double, string> Format)
{
    // The longest endings first.
    private static readonly (string Ending, string Title, Func<double, string> Format)[] Units =
    [
        ("megabytesPerSecond", "Data rate", value => $"{Numbers.Short(value)} MB/s"),
        ("bytesPerSecond", "Data rate", value => $"{Numbers.Bytes(value)}/s"),
        ("perSecond", "Rate", Numbers.Rate),
        ("milliseconds", "Time", Numbers.Time),
        ("microseconds", "Time", value => Numbers.Time(value / 1e3)),
        ("nanoseconds", "Time", value => Numbers.Time(value / 1e6)),
        ("megabytes", "Size", value => $"{Numbers.Short(value)} MB"),
        ("bytes", "Size", Numbers.Bytes),
        ("ratio", "Share", Numbers.Percent),
        ("ms", "Time", Numbers.Time),
        ("us", "Time", value => Numbers.Time(value / 1e3)),
        ("ns", "Time", value => Numbers.Time(value / 1e6)),
    ];

    /// <param name="name">In camelCase.</param>
    public static FigureName Of(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        foreach (var (ending, title, format) in Units)
        {
            if (string.Equals(name, ending, StringComparison.Ordinal))
                return new FigureName(title, format);
            var capital = char.ToUpperInvariant(ending[0]) + ending[1..];
            if (name.EndsWith(capital, StringComparison.Ordinal) && name.Length > capital.Length)
                return new FigureName(Words(name[..^capital.Length]), format);
        }

        return new FigureName(Words(name), value => value == Math.Floor(value) && Math.Abs(value) < 1e15 ? Numbers.Count((long)value) : Numbers.Short(value));
    }

    private static string Words(string name)
    {
        var words = new StringBuilder();
        foreach (var (index, letter) in name.Index())
        {
            if (index == 0)
                words.Append(char.ToUpperInvariant(letter));
            else if (char.IsUpper(letter))
                words.Append(' ').Append(char.ToLowerInvariant(letter));
            else
                words.Append(letter);
        }

        return words.ToString();
    }
}
