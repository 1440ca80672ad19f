using Brigade.Contracts.Spec.Reading;

namespace Brigade.Contracts.Spec.Validation;

/// <summary>What one task does: exactly one kind, and whether it is complete and can be executed.</summary>
internal static class WorkloadRules
{
    private const int MaximumSource = 256 * 1024;
    private const int MaximumPath = 1_024;

    public static void Check(ExperimentSpec spec, RuleContext context)
    {
        var workload = spec.Workload;
        List<string> kinds = [];
        AddIf(kinds, workload.Kernel is not null, "kernel");
        AddIf(kinds, workload.Code is not null, "code");
        AddIf(kinds, workload.Http is not null, "http");
        AddIf(kinds, workload.Sql is not null, "sql");
        AddIf(kinds, workload.Command is not null, "command");
        if (kinds.Count != 1)
        {
            var found = kinds.Count == 0 ? "has none of them" : $"has {string.Join(" and ", kinds)}";
            context.Report("/workload", $"workload needs exactly one of kernel, code, http, sql and command, and {found}.");
            return;
        }

        SecretRules.Check(spec, context);
        if (workload.Kernel is not null)
        {
            KernelRules.Check(spec, workload.Kernel, context);
            return;
        }

        ParameterRules.Check(spec, context);
        CheckCode(workload.Code, context);
        if (workload.Http is { } http)
        {
            HttpRules.Check(spec, http, context);
        }

        if (workload.Sql is { } sql)
        {
            SqlRules.Check(spec, sql, context);
        }

        if (workload.Command is { } command)
        {
            CommandRules.Check(spec, command, context);
        }
    }

    private static void AddIf(List<string> kinds, bool isSet, string kind)
    {
        if (isSet)
        {
            kinds.Add(kind);
        }
    }

    private static void CheckCode(CodeSpec? code, RuleContext context)
    {
        if (code is null)
        {
            return;
        }

        const string pointer = "/workload/code";
        if (RuntimeCatalogue.OfLanguage(code.Language) is null)
        {
            var found = code.Language.Length == 0 ? "is missing." : $"is '{SpecLabel.Shorten(code.Language)}'{Suggestion.End(code.Language, RuntimeCatalogue.CodeLanguages)}";
            context.Report(pointer + "/language", $"workload.code.language {found} Allowed: {string.Join(", ", RuntimeCatalogue.CodeLanguages)}.");
        }

        if (code.File is null && code.Source is null)
        {
            context.Report(pointer, "workload.code needs the code itself: give 'source' with the text, or 'file' with a path beside the spec.");
        }
        else if (code.Source is null && context.Origin == SpecOrigin.Request)
        {
            context.Report(pointer + "/file", "workload.code.file names a file, and there are no files beside a spec that is sent to the server; put the code's text into 'source'.");
        }

        if (code.File is not null)
        {
            context.ShortText(pointer + "/file", code.File, MaximumPath);
        }

        CheckSource(code, pointer + "/source", context);
    }

    private static void CheckSource(CodeSpec code, string pointer, RuleContext context)
    {
        if (code.Source is not { } source)
        {
            return;
        }

        if (string.IsNullOrWhiteSpace(source))
        {
            context.Report(pointer, $"workload.code.source is empty; define {(RuntimeCatalogue.OfLanguage(code.Language) ?? RuntimeCatalogue.Python).CodeDefines} in it.");
        }
        else if (source.Length > MaximumSource)
        {
            context.Report(pointer, $"workload.code.source has {RuleContext.Number(source.Length)} characters; the most is {RuleContext.Number(MaximumSource)}.");
        }
        else if (source.Contains('\0', StringComparison.Ordinal))
        {
            context.Report(pointer, "workload.code.source holds a NUL character; save the file as UTF-8 text.");
        }
    }
}
