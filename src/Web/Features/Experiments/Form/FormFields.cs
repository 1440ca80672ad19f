using System.Globalization;
using Brigade.Contracts.Spec;

namespace Brigade.Web.Features.Experiments.Form;

/// <summary>Reads what was typed into a form's fields, and collects what cannot be read, by JSON pointer.</summary>
internal sealed class FormFields
{
    public List<SpecError> Errors { get; } = [];

    public static string[] Split(string text, char by) => text.Split(by, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    public IReadOnlyList<T> Some<T>(IReadOnlyList<T> values, string pointer, string message)
    {
        if (values.Count == 0)
            Report(pointer, message);
        return [.. values];
    }

    public IReadOnlyList<int> Whole(string text, string pointer, string wanted)
    {
        var values = new List<int>();
        foreach (var part in Split(text, ','))
        {
            if (int.TryParse(part, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value))
                values.Add(value);
            else
                Report(pointer, $"'{part}' is not a whole number: write {wanted}.");
        }

        if (values.Count == 0 && Errors.TrueForAll(error => !string.Equals(error.Pointer, pointer, StringComparison.Ordinal)))
            Report(pointer, $"Nothing is given: write {wanted}.");
        return values;
    }

    public long Number(string text, string pointer, string wanted)
    {
        if (long.TryParse(text.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value))
            return value;
        Report(pointer, $"'{text.Trim()}' is not a whole number: write {wanted}.");
        return 0;
    }

    /// <summary>A number that the spec keeps in 32 bits: beyond them it becomes one that the rules refuse too.</summary>
    public int Small(string text, string pointer, string wanted) => (int)Math.Clamp(Number(text, pointer, wanted), int.MinValue, int.MaxValue);

    public TimeSpan Duration(string text, string pointer)
    {
        if (Units.TryParseDuration(text, out var duration))
            return duration;
        Report(pointer, $"'{text.Trim()}' is not a duration: write a number with ms, s, m or h, for example 500ms or 5s.");
        return default;
    }

    public long Size(string text, string pointer)
    {
        if (Units.TryParseSize(text, out var bytes))
            return bytes;
        Report(pointer, $"'{text.Trim()}' is not a size: write a number with KiB, MiB or GiB, for example 512MiB.");
        return 0;
    }

    /// <summary>Per second.</summary>
    public double Rate(string text, string pointer)
    {
        if (Units.TryParseRate(text, out var perSecond))
            return perSecond;
        Report(pointer, $"'{text.Trim()}' is not a rate: write a number for each second, minute or hour, for example 500/s or 30/m.");
        return 0;
    }

    /// <summary>0 to 1.</summary>
    public double Ratio(string text, string pointer)
    {
        if (Units.TryParseRatio(text.Trim(), out var ratio))
            return ratio;
        Report(pointer, $"'{text.Trim()}' is not a share: write a percentage, for example 2%.");
        return 0;
    }

    /// <summary>A text, or null where there is none.</summary>
    public static string? Optional(string text) => text.Length == 0 ? null : text;

    public void Report(string pointer, string message) => Errors.Add(new SpecError(pointer, message));
}
