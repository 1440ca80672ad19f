using System.Globalization;
using Brigade.Contracts.Spec.Reading;

namespace Brigade.Contracts.Spec.Validation;

/// <summary>Collects what the rules find, and holds the checks that several of them share. Messages begin with the path of the field.</summary>
internal sealed class RuleContext(SpecOrigin origin)
{
    public SpecOrigin Origin { get; } = origin;

    public List<SpecError> Errors { get; } = [];

    /// <inheritdoc cref="BindContext.IsFull"/>
    public bool IsFull => Errors.Count >= SpecReader.MaximumErrors;

    public void Report(string pointer, string message) => Errors.Add(new SpecError(pointer, message));

    public bool InRange(string pointer, double value, double minimum, double maximum, string unit = "")
    {
        if (value >= minimum && value <= maximum)
        {
            return true;
        }

        Report(pointer, $"{SpecLabel.Of(pointer)} is {Number(value)}{unit}; it has to be from {Number(minimum)} to {Number(maximum)}{unit}.");
        return false;
    }

    public bool InRange(string pointer, TimeSpan value, TimeSpan minimum, TimeSpan maximum)
    {
        if (value >= minimum && value <= maximum)
        {
            return true;
        }

        Report(pointer, $"{SpecLabel.Of(pointer)} is {Units.FormatDuration(value)}; it has to be from {Units.FormatDuration(minimum)} to {Units.FormatDuration(maximum)}.");
        return false;
    }

    /// <summary>A text that is there, on one line and not too long.</summary>
    public bool ShortText(string pointer, string text, int maximum)
    {
        var label = SpecLabel.Of(pointer);
        var problem = string.IsNullOrWhiteSpace(text) ? $"{label} is missing or empty; give it a text."
            : text.Length > maximum ? $"{label} has {Number(text.Length)} characters; the most is {Number(maximum)}."
            : text.Any(char.IsControl) ? $"{label} has a line break, tab or other control character; remove it."
            : null;
        if (problem is not null)
        {
            Report(pointer, problem);
        }

        return problem is null;
    }

    /// <summary>A list with at least one value and none twice.</summary>
    public void Distinct<T>(string pointer, IReadOnlyList<T> values, Func<T, string> show)
        where T : notnull
    {
        if (values.Count == 0)
        {
            Report(pointer, $"{SpecLabel.Of(pointer)} is an empty list; give at least one value, or remove the field for its default.");
        }

        Unique(pointer, values, show);
    }

    public void Unique<T>(string pointer, IReadOnlyList<T> values, Func<T, string> show)
        where T : notnull
    {
        var seen = new HashSet<T>();
        for (var i = 0; i < values.Count && !IsFull; i++)
        {
            if (!seen.Add(values[i]))
            {
                Report(JsonPointer.Append(pointer, i), $"{SpecLabel.Of(pointer)} has {SpecLabel.Shorten(show(values[i]))} twice; remove one of the two.");
            }
        }
    }

    public static string Number(double value) => value.ToString(Math.Abs(value) < 1e15 && value == Math.Truncate(value) ? "N0" : "R", CultureInfo.InvariantCulture);
}
