using System.Globalization;

namespace Brigade.Contracts.Spec.Reading;

/// <summary>A node of the tree with the pointer that leads to it.</summary>
internal readonly record struct Located(SpecNode Node, string Pointer);

/// <summary>Turns single nodes into values and collects what is wrong with them. Every method answers null where it reported an error.</summary>
internal sealed class BindContext
{
    public List<SpecError> Errors { get; } = [];

    /// <summary>Pointers of fields that somebody most likely meant to give: that they are missing is not told on top of it.</summary>
    public List<string> Meant { get; } = [];

    /// <summary>Whether no more errors will be told, so that looking for more of them is wasted.</summary>
    public bool IsFull => Errors.Count >= SpecReader.MaximumErrors;

    public void Report(Located at, string message) => Errors.Add(new SpecError(at.Pointer, message, at.Node.Line, at.Node.Column));

    public string? Text(Located at)
    {
        if (at.Node is SpecScalar { Kind: ScalarKind.Text } scalar)
        {
            return scalar.Text;
        }

        var mend = at.Node is SpecScalar { Kind: ScalarKind.Number or ScalarKind.Bool } ? "; put it in quotes" : "";
        return Wrong<string>(at, "a text", mend);
    }

    /// <summary>A text that may look like a number, such as a list of one processor.</summary>
    public string? NumberOrText(Located at) => at.Node is SpecScalar { Kind: ScalarKind.Number } scalar ? scalar.Text : Text(at);

    public bool? Flag(Located at) => at.Node is SpecScalar { Kind: ScalarKind.Bool } scalar
        ? string.Equals(scalar.Text, "true", StringComparison.OrdinalIgnoreCase)
        : WrongValue<bool>(at, "true or false", "");

    public long? Whole(Located at) => at.Node is SpecScalar { Kind: ScalarKind.Number } scalar && TryWhole(scalar.Text, out var value)
        ? value
        : WrongValue<long>(at, "a whole number", QuotedNumber(at));

    public int? Int(Located at)
    {
        if (Whole(at) is not { } value)
        {
            return null;
        }

        if (value is < int.MinValue or > int.MaxValue)
        {
            Report(at, $"{SpecLabel.Of(at.Pointer)} is {value.ToString(CultureInfo.InvariantCulture)}, which is far out of range.");
            return null;
        }

        return (int)value;
    }

    public TimeSpan? Duration(Located at) => at.Node is SpecScalar { Kind: ScalarKind.Text } scalar && Units.TryParseDuration(scalar.Text, out var duration)
        ? duration
        : WrongUnit<TimeSpan>(at, "a duration", Units.DurationForm);

    public long? Size(Located at) => at.Node is SpecScalar { Kind: ScalarKind.Text or ScalarKind.Number } scalar && Units.TryParseSize(scalar.Text, out var size)
        ? size
        : WrongUnit<long>(at, "a size", Units.SizeForm);

    public int? SmallSize(Located at)
    {
        if (Size(at) is not { } value)
        {
            return null;
        }

        if (value > int.MaxValue)
        {
            Report(at, $"{SpecLabel.Of(at.Pointer)} is {value.ToString(CultureInfo.InvariantCulture)} bytes, which is too large; the most is 64MiB.");
            return null;
        }

        return (int)value;
    }

    public double? Rate(Located at) => at.Node is SpecScalar { Kind: ScalarKind.Text or ScalarKind.Number } scalar && Units.TryParseRate(scalar.Text, out var rate)
        ? rate
        : WrongUnit<double>(at, "a rate", Units.RateForm);

    public double? Ratio(Located at) => at.Node is SpecScalar { Kind: ScalarKind.Text or ScalarKind.Number } scalar && Units.TryParseRatio(scalar.Text, out var ratio)
        ? ratio
        : WrongUnit<double>(at, "a share", Units.RatioForm);

    public T? Enum<T>(Located at)
        where T : struct, Enum
    {
        if (Text(at) is not { } text)
        {
            return null;
        }

        if (EnumName.TryParse<T>(text, out var value))
        {
            return value;
        }

        var names = EnumName.All<T>();
        Report(at, $"{SpecLabel.Of(at.Pointer)} is '{SpecLabel.Shorten(text)}'{Suggestion.End(text, names)} Allowed: {string.Join(", ", names)}.");
        return null;
    }

    public ParameterValue? Parameter(Located at)
    {
        switch (at.Node)
        {
            case SpecScalar { Kind: ScalarKind.Text } scalar:
                return ParameterValue.Of(scalar.Text);
            case SpecScalar { Kind: ScalarKind.Number } scalar:
                if (ParameterValue.Parse(scalar.Text) is { IsNumber: true } value)
                {
                    return value;
                }

                Report(at, $"{SpecLabel.Of(at.Pointer)} is {SpecLabel.Shorten(scalar.Text)}, which is too large for a number.");
                return null;
            default:
                return WrongValue<ParameterValue>(at, "a number or a text", "");
        }
    }

    /// <summary>A list; a single value stands for a list of one. Items that are wrong are left out.</summary>
    public IReadOnlyList<T> List<T>(Located at, Func<Located, T?> item)
        where T : struct => [.. Items(at).TakeWhile(_ => !IsFull).Select(item).Where(value => value is not null).Select(value => value!.Value)];

    /// <inheritdoc cref="List{T}(Located, Func{Located, T?})"/>
    public IReadOnlyList<T> List<T>(Located at, Func<Located, T?> item)
        where T : class => [.. Items(at).TakeWhile(_ => !IsFull).Select(item).OfType<T>()];

    /// <summary>An object whose fields have names of the user's choice.</summary>
    public IReadOnlyDictionary<string, T> Map<T>(Located at, Func<Located, (bool Ok, T Value)> item)
    {
        var result = new Dictionary<string, T>(StringComparer.Ordinal);
        if (at.Node is not SpecMap map)
        {
            Wrong<string>(at, "an object with one field for each name", "");
            return result;
        }

        foreach (var entry in map.Entries)
        {
            var (ok, value) = item(new Located(entry.Value, JsonPointer.Append(at.Pointer, entry.Key)));
            if (ok)
            {
                result[entry.Key] = value;
            }
        }

        return result;
    }

    public T? Wrong<T>(Located at, string expected, string mend)
        where T : class
    {
        Report(at, $"{SpecLabel.Of(at.Pointer)} has to be {expected}, not {SpecLabel.Describe(at.Node)}{mend}.");
        return null;
    }

    private static IEnumerable<Located> Items(Located at)
    {
        if (at.Node is not SpecList list)
        {
            return [at];
        }

        return list.Items.Select((node, index) => new Located(node, JsonPointer.Append(at.Pointer, index)));
    }

    private static bool TryWhole(string text, out long value)
    {
        value = 0;
        return ParameterValue.Parse(text).TryGetLong(out value);
    }

    private static string QuotedNumber(Located at) =>
        at.Node is SpecScalar { Kind: ScalarKind.Text } scalar && TryWhole(scalar.Text, out _) ? "; write it without quotes" : "";

    private T? WrongValue<T>(Located at, string expected, string mend)
        where T : struct
    {
        Wrong<string>(at, expected, mend);
        return null;
    }

    private T? WrongUnit<T>(Located at, string expected, string form)
        where T : struct => WrongValue<T>(at, expected, $"; {form}");
}
