using System.Text;
using Brigade.Contracts.Spec;

namespace Brigade.Web.Features.Experiments.Form;

/// <summary>Parameters of own code as lines of text: <c>size: 100, 1000</c>; several values are swept. Quotes keep a number, or a comma, as text.</summary>
internal static class ParameterLines
{
    public static string Of(ExperimentSpec spec) => string.Join('\n', spec.Workload.Params
        .Select(pair => (pair.Key, Values: (IReadOnlyList<ParameterValue>)[pair.Value]))
        .Concat(spec.Matrix.Params.Select(pair => (pair.Key, Values: pair.Value)))
        .Select(pair => $"{pair.Key}: {string.Join(", ", pair.Values.Select(Written))}"));

    /// <summary>The values by name; a line that has no name or no value is reported.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<ParameterValue>> Read(string text, FormFields fields, string pointer)
    {
        var read = new Dictionary<string, IReadOnlyList<ParameterValue>>(StringComparer.Ordinal);
        foreach (var line in FormFields.Split(text, '\n'))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            var name = colon < 0 ? "" : line[..colon].Trim();
            var values = colon < 0 ? [] : Values(line[(colon + 1)..]);
            if (name.Length == 0 || values.Count == 0)
                fields.Report(pointer, $"'{line}' is no argument: write a name, a colon and one or several values, for example size: 100, 1000.");
            else if (!read.TryAdd(name, values))
                fields.Report(pointer, $"The argument '{name}' is there twice; give all its values on one line.");
        }

        return read;
    }

    private static string Written(ParameterValue value) =>
        value.IsNumber || (value.Text.Length > 0 && value.Text.Trim().Length == value.Text.Length && !value.Text.Contains(',', StringComparison.Ordinal) && !value.Text.StartsWith('"') && !ParameterValue.Parse(value.Text).IsNumber)
            ? value.Text
            : $"\"{value.Text}\"";

    private static IReadOnlyList<ParameterValue> Values(string text)
    {
        List<ParameterValue> values = [];
        var part = new StringBuilder();
        var isQuoted = false;
        foreach (var letter in text + ",")
        {
            if (letter == '"')
                isQuoted = !isQuoted;
            if (letter != ',' || isQuoted)
            {
                part.Append(letter);
                continue;
            }

            if (part.ToString().Trim() is { Length: > 0 } value)
                values.Add(value is ['"', .. var inner, '"'] ? ParameterValue.Of(inner) : ParameterValue.Parse(value));
            part.Clear();
        }

        return values;
    }
}
