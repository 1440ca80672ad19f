using Brigade.Contracts.Spec.Reading;
using Brigade.Contracts.Spec.Validation;

namespace Brigade.Contracts.Spec;

/// <summary>Every rule that a spec has to hold, in one place.</summary>
public static class SpecValidator
{
    private const int MaximumName = 100;
    private const int MaximumTags = 20;
    private const int MaximumTag = 50;

    /// <summary>All errors, in the order of the document; empty where the spec is valid.</summary>
    /// <param name="origin">With <see cref="SpecOrigin.Request"/>, code has to come as <c>source</c>.</param>
    public static IReadOnlyList<SpecError> Validate(ExperimentSpec spec, SpecOrigin origin = SpecOrigin.File)
    {
        var context = new RuleContext(origin);
        if (spec.Version != ExperimentSpec.CurrentVersion)
        {
            context.Report("/version", FormattableString.Invariant($"version is {spec.Version}; this product reads version {ExperimentSpec.CurrentVersion}."));
        }

        CheckName(spec.Name, context);
        WorkloadRules.Check(spec, context);
        MatrixRules.Check(spec, context);
        LoadRules.Check(spec, context);
        SearchRules.Check(spec, context);
        CheckFaults(spec.Faults, context);
        StopRules.Check(spec, context);
        CheckTags(spec.Tags, context);
        return [.. context.Errors.OrderBy(PlaceInDocument)];
    }

    private static int PlaceInDocument(SpecError error) => SpecFields.Of("").ToList().IndexOf(JsonPointer.Tokens(error.Pointer).First());

    private static void CheckName(string name, RuleContext context)
    {
        if (!context.ShortText("/name", name, MaximumName))
        {
            return;
        }

        if (name.EnumerateRunes().FirstOrDefault(rune => !System.Text.Rune.IsLetterOrDigit(rune) && !IsNameMark(rune)) is { Value: > 0 } bad)
        {
            context.Report("/name", $"name has the character '{bad}'; use letters, digits, spaces, dots, dashes and underscores.");
        }
        else if (name.Trim().Length != name.Length)
        {
            context.Report("/name", "name begins or ends with a space; remove it.");
        }
    }

    private static bool IsNameMark(System.Text.Rune rune) =>
        rune.Value is ' ' or '.' or '-' or '_' || System.Text.Rune.GetUnicodeCategory(rune) is System.Globalization.UnicodeCategory.NonSpacingMark or System.Globalization.UnicodeCategory.SpacingCombiningMark;

    private static void CheckFaults(IReadOnlyList<FaultSpec> faults, RuleContext context)
    {
        for (var i = 0; i < faults.Count && !context.IsFull; i++)
        {
            var pointer = JsonPointer.Append("/faults", i);
            context.InRange(pointer + "/worker", faults[i].Worker, 0, 255);
            context.InRange(pointer + "/atTask", faults[i].AtTask, 1, 1_000_000_000);
        }
    }

    private static void CheckTags(IReadOnlyList<string> tags, RuleContext context)
    {
        if (tags.Count > MaximumTags)
        {
            context.Report("/tags", FormattableString.Invariant($"tags has {tags.Count:N0} tags; the most is {MaximumTags}."));
        }

        for (var i = 0; i < tags.Count && !context.IsFull; i++)
        {
            context.ShortText(JsonPointer.Append("/tags", i), tags[i], MaximumTag);
        }

        context.Unique("/tags", tags, tag => $"'{tag}'");
    }
}
