using Brigade.Contracts.Spec.Reading;

namespace Brigade.Contracts.Spec.Validation;

/// <summary>The parameters of workloads that are no kernels: names of the user's choice, which are arguments of code, or placeholders in a text.</summary>
internal static class ParameterRules
{
    /// <summary>The name that a task's own number has in every workload.</summary>
    public const string Index = "index";

    private const int MaximumCount = 20;
    private const int MaximumName = 50;
    private const int MaximumText = 2_000;

    public static void Check(ExperimentSpec spec, RuleContext context)
    {
        foreach (var (name, value) in spec.Workload.Params)
        {
            CheckName("/workload/params", name, context);
            CheckText(JsonPointer.Append("/workload/params", name), value, context);
        }

        foreach (var (name, values) in spec.Matrix.Params)
        {
            var pointer = JsonPointer.Append("/matrix/params", name);
            CheckName("/matrix/params", name, context);
            context.Distinct(pointer, values, value => value.Text);
            for (var i = 0; i < values.Count && !context.IsFull; i++)
            {
                CheckText(JsonPointer.Append(pointer, i), values[i], context);
            }
        }

        if (spec.Workload.Params.Keys.Union(spec.Matrix.Params.Keys, StringComparer.Ordinal).Count() > MaximumCount)
        {
            context.Report("/workload/params", FormattableString.Invariant($"The workload has more than {MaximumCount} parameters; put some of them together."));
        }
    }

    /// <summary>Of a workload that is made of texts: each parameter has to have a place in one of them.</summary>
    public static void CheckPlaces(ExperimentSpec spec, string kind, IEnumerable<string> texts, RuleContext context)
    {
        var all = texts.ToList();
        foreach (var (section, names) in new[] { ("/workload/params", spec.Workload.Params.Keys), ("/matrix/params", spec.Matrix.Params.Keys) })
        {
            foreach (var name in names.Where(name => !all.Exists(text => text.Contains($"{{{name}}}", StringComparison.Ordinal))))
            {
                context.Report(JsonPointer.Append(section, name), $"The parameter '{SpecLabel.Shorten(name)}' has no place in workload.{kind}; write {{{SpecLabel.Shorten(name)}}} where its value belongs, or remove it.");
            }
        }
    }

    /// <summary>A text as the first cell has it, to see whether it can be right at all.</summary>
    public static string Sample(ExperimentSpec spec, string text)
    {
        var values = new Dictionary<string, ParameterValue>(spec.Workload.Params, StringComparer.Ordinal) { [Index] = ParameterValue.Of(0) };
        foreach (var (name, list) in spec.Matrix.Params.Where(pair => pair.Value.Count > 0))
        {
            values[name] = list[0];
        }

        return Placeholders.Fill(text, values);
    }

    private static void CheckName(string section, string name, RuleContext context)
    {
        var isWord = name.Length is > 0 and <= MaximumName && (char.IsAsciiLetter(name[0]) || name[0] == '_') && name.All(character => char.IsAsciiLetterOrDigit(character) || character == '_');
        var problem = string.Equals(name, Index, StringComparison.Ordinal) ? "which is the task's own; use another one."
            : isWord ? null
            : FormattableString.Invariant($"which cannot be an argument's; use at most {MaximumName} letters, digits and underscores, and begin with a letter.");
        if (problem is not null)
        {
            context.Report(JsonPointer.Append(section, name), $"{SpecLabel.Of(section)} has the name '{SpecLabel.Shorten(name)}', {problem}");
        }
    }

    private static void CheckText(string pointer, ParameterValue value, RuleContext context)
    {
        if (value.Text.Length > MaximumText || value.Text.Contains('\0', StringComparison.Ordinal))
        {
            context.Report(pointer, FormattableString.Invariant($"{SpecLabel.Of(pointer)} is longer than {MaximumText:N0} characters, or holds a NUL character; shorten it."));
        }
    }
}
