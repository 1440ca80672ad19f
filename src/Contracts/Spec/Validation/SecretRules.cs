using Brigade.Contracts.Spec.Reading;

namespace Brigade.Contracts.Spec.Validation;

/// <summary>Secrets are named where their values get to the workload and nobody else: not in addresses, statements and arguments, which others on the machine or in a log can read.</summary>
internal static class SecretRules
{
    private const int MostNames = 20;
    private const string Pointer = "/workload/secrets";

    public static void Check(ExperimentSpec spec, RuleContext context)
    {
        var workload = spec.Workload;
        CheckNames(spec, context);
        foreach (var (place, text) in Closed(workload).Where(pair => SecretReferences.NamesIn(pair.Text).Any() || SecretReferences.Malformed(pair.Text) is not null))
        {
            context.Report(place, $"{SpecLabel.Of(place)} names a secret, which others could read there; a secret may stand in header values and the body of http and in stdin of a command, and code and commands get those that workload.secrets names.");
        }

        foreach (var (place, text) in Open(workload))
        {
            if (SecretReferences.Malformed(text) is { } malformed)
            {
                context.Report(place, $"{SpecLabel.Of(place)} has '{SpecLabel.Shorten(malformed)}', which names no secret; write ${{{{ secrets.NAME }}}}.");
            }
        }
    }

    private static void CheckNames(ExperimentSpec spec, RuleContext context)
    {
        var workload = spec.Workload;
        if (workload.Secrets.Count == 0)
        {
            return;
        }

        if (workload.Code is null && workload.Command is null)
        {
            context.Report(Pointer, $"workload.secrets is for code and commands; {(workload.Http is not null ? "in http write ${{ secrets.NAME }} into a header value or the body" : workload.Sql is not null ? "for sql a secret is named as its connection" : "a kernel needs none")}.");
            return;
        }

        if (workload.Secrets.Count > MostNames)
        {
            context.Report(Pointer, FormattableString.Invariant($"workload.secrets has {workload.Secrets.Count} names; the most is {MostNames}."));
        }

        context.Distinct(Pointer, workload.Secrets, name => name);
        for (var i = 0; i < workload.Secrets.Count && !context.IsFull; i++)
        {
            var name = workload.Secrets[i];
            if (!SecretReferences.IsName(name) || name.Contains('-', StringComparison.Ordinal))
            {
                context.Report(JsonPointer.Append(Pointer, i), $"workload.secrets[{i}] is '{SpecLabel.Shorten(name)}', which cannot be an argument's or a variable's name; use letters, digits and underscores, and begin with a letter.");
            }
            else if (workload.Code is not null && (name == ParameterRules.Index || workload.Params.ContainsKey(name) || spec.Matrix.Params.ContainsKey(name)))
            {
                context.Report(JsonPointer.Append(Pointer, i), $"workload.secrets[{i}] is '{name}', which is a parameter's name too; code could not tell them apart.");
            }
        }
    }

    private static IEnumerable<(string Place, string Text)> Closed(WorkloadSpec workload)
    {
        if (workload.Http is { } http)
        {
            yield return ("/workload/http/url", http.Url);
        }

        if (workload.Sql is { } sql)
        {
            yield return ("/workload/sql/query", sql.Query);
        }

        foreach (var argument in workload.Command?.Argv ?? [])
        {
            yield return ("/workload/command/argv", argument);
        }
    }

    private static IEnumerable<(string Place, string Text)> Open(WorkloadSpec workload)
    {
        foreach (var (name, value) in workload.Http?.Headers ?? new Dictionary<string, string>(StringComparer.Ordinal))
        {
            yield return (JsonPointer.Append("/workload/http/headers", name), value);
        }

        yield return ("/workload/http/body", workload.Http?.Body ?? "");
        yield return ("/workload/command/stdin", workload.Command?.Stdin ?? "");
    }
}
