using Brigade.Contracts.Spec.Reading;

namespace Brigade.Contracts.Spec.Validation;

/// <summary>A kernel's name and its parameters, those of the workload and those that are swept.</summary>
internal static class KernelRules
{
    private const int MaximumText = 2_000;

    public static void Check(ExperimentSpec spec, string name, RuleContext context)
    {
        if (KernelCatalogue.Find(name) is not { } kernel)
        {
            var names = KernelCatalogue.All.Select(known => known.Name).ToList();
            context.Report("/workload/kernel", $"workload.kernel is '{SpecLabel.Shorten(name)}', which is no kernel{Suggestion.End(name, names)} Kernels: {string.Join(", ", names)}.");
            return;
        }

        foreach (var (key, value) in spec.Workload.Params.TakeWhile(_ => !context.IsFull))
        {
            CheckParameter(kernel, key, [value], JsonPointer.Append("/workload/params", key), isList: false, context);
        }

        foreach (var parameter in kernel.Parameters)
        {
            if (parameter.Default is null && !spec.Workload.Params.ContainsKey(parameter.Name) && !spec.Matrix.Params.ContainsKey(parameter.Name))
            {
                context.Report("/workload/params", $"The kernel {kernel.Name} needs the parameter '{parameter.Name}' ({parameter.Description}); give it in workload.params.");
            }
        }

        foreach (var (key, values) in spec.Matrix.Params.TakeWhile(_ => !context.IsFull))
        {
            var pointer = JsonPointer.Append("/matrix/params", key);
            CheckParameter(kernel, key, values, pointer, isList: true, context);
            context.Distinct(pointer, values, value => value.Text);
        }
    }

    /// <summary>Whether a text is an absolute http or https address.</summary>
    public static bool IsHttpAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.Host.Length > 0;

    private static void CheckParameter(KernelInfo kernel, string name, IReadOnlyList<ParameterValue> values, string pointer, bool isList, RuleContext context)
    {
        var parameter = kernel.Parameters.FirstOrDefault(known => string.Equals(known.Name, name, StringComparison.Ordinal));
        if (parameter is null)
        {
            var names = kernel.Parameters.Select(known => known.Name).ToList();
            var have = names.Count == 0 ? "It has none" : $"It has {string.Join(", ", names)}";
            context.Report(pointer, $"The kernel {kernel.Name} has no parameter '{SpecLabel.Shorten(name)}'{Suggestion.End(name, names)} {have}.");
            return;
        }

        for (var i = 0; i < values.Count && !context.IsFull; i++)
        {
            CheckValue(parameter, values[i], isList ? JsonPointer.Append(pointer, i) : pointer, context);
        }
    }

    private static void CheckValue(KernelParameter parameter, ParameterValue value, string pointer, RuleContext context)
    {
        var label = SpecLabel.Of(pointer);
        if (parameter.IsText)
        {
            if (value.IsNumber)
            {
                context.Report(pointer, $"{label} is the number {SpecLabel.Shorten(value.Text)}; it has to be a text: {parameter.Description}.");
            }
            else if (parameter.Choices is { } choices)
            {
                if (!choices.Contains(value.Text, StringComparer.Ordinal))
                {
                    context.Report(pointer, $"{label} is '{SpecLabel.Shorten(value.Text)}'{Suggestion.End(value.Text, choices)} Allowed: {string.Join(", ", choices)}.");
                }
            }
            else if (context.ShortText(pointer, value.Text, MaximumText) && string.Equals(parameter.Name, "url", StringComparison.Ordinal) && !IsHttpAddress(value.Text))
            {
                context.Report(pointer, $"{label} is '{SpecLabel.Shorten(value.Text)}'; it has to be an absolute address that begins with http:// or https://.");
            }

            return;
        }

        if (!value.IsNumber)
        {
            var mend = ParameterValue.Parse(value.Text).IsNumber ? "; write it without quotes" : "";
            context.Report(pointer, $"{label} is the text '{SpecLabel.Shorten(value.Text)}'; it has to be a number{mend}.");
        }
        else if (parameter.IsWhole && !value.TryGetLong(out _))
        {
            context.Report(pointer, $"{label} is {SpecLabel.Shorten(value.Text)}; it has to be a whole number from {RuleContext.Number(parameter.Minimum)} to {RuleContext.Number(parameter.Maximum)}.");
        }
        else
        {
            context.InRange(pointer, value.AsDouble(), parameter.Minimum, parameter.Maximum);
        }
    }
}
