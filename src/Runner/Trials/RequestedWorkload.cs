using Brigade.Contracts.Plan;
using Brigade.Contracts.Spec;
using Brigade.Runner.Code;
using Brigade.Runner.Protocol;

namespace Brigade.Runner.Trials;

/// <summary>A cell's workload as its host gets it: parameters in their places, so that hosts know of the task's index only.</summary>
internal static class RequestedWorkload
{
    private static readonly IReadOnlyDictionary<string, string> None = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <param name="directory">Where commands run.</param>
    public static TrialWorkload Of(ExperimentSpec spec, Cell cell, Preparation? prepared, string directory) => spec.Workload switch
    {
        { Code: { } code } => new TrialWorkload { Code = new TrialCode(code.Language, code.File ?? CodeChecker.DefaultFile(code.Language), code.Source ?? "", Arguments(cell.Params, prepared), prepared?.Assembly) },
        { Http: { } http } => new TrialWorkload { Http = Http(http, cell.Params, prepared?.Secrets ?? None) },
        { Sql: { } sql } => new TrialWorkload { Sql = Sql(sql, cell.Params, prepared) },
        { Command: { } command } => new TrialWorkload { Command = Command(command, cell.Params, prepared?.Secrets ?? None, directory) },
        var kernel => new TrialWorkload { Kernel = kernel.Kernel, Params = WithDefaults(kernel.Kernel ?? "", cell.Params) },
    };

    /// <summary>Secrets are arguments like parameters.</summary>
    private static IReadOnlyDictionary<string, ParameterValue> Arguments(IReadOnlyDictionary<string, ParameterValue> parameters, Preparation? prepared) => prepared is not { Secrets.Count: > 0 }
        ? parameters
        : parameters.Concat(prepared.Secrets.Select(secret => KeyValuePair.Create(secret.Key, ParameterValue.Of(secret.Value)))).ToDictionary(StringComparer.Ordinal);

    private static TrialHttp Http(HttpSpec http, IReadOnlyDictionary<string, ParameterValue> parameters, IReadOnlyDictionary<string, string> secrets) => new(
        Placeholders.Fill(http.Url, parameters),
        http.Method,
        http.Headers.ToDictionary(header => header.Key, header => SecretReferences.Fill(Placeholders.Fill(header.Value, parameters), secrets), StringComparer.Ordinal),
        http.Body is { } body ? SecretReferences.Fill(Placeholders.Fill(body, parameters), secrets) : null,
        http.ExpectStatus,
        http.Timeout.TotalMilliseconds,
        http.KeepAlive,
        http.Version,
        http.VerifyCertificate);

    private static TrialSql Sql(SqlSpec sql, IReadOnlyDictionary<string, ParameterValue> parameters, Preparation? prepared)
    {
        var (pieces, names) = Placeholders.Split(sql.Query, name => name == "index" || parameters.ContainsKey(name));
        var address = prepared?.Database ?? throw new TrialException("the connection was not looked up");
        return new TrialSql(address.Provider, address.Fields, pieces, names, parameters);
    }

    private static TrialCommand Command(CommandSpec command, IReadOnlyDictionary<string, ParameterValue> parameters, IReadOnlyDictionary<string, string> secrets, string directory) => new(
        [.. command.Argv.Select(argument => Placeholders.Fill(argument, parameters))], command.Stdin is { } stdin ? SecretReferences.Fill(Placeholders.Fill(stdin, parameters), secrets) : null, directory,
        secrets.Count == 0 ? null : secrets);

    private static Dictionary<string, ParameterValue> WithDefaults(string kernel, IReadOnlyDictionary<string, ParameterValue> parameters)
    {
        var values = new Dictionary<string, ParameterValue>(parameters, StringComparer.Ordinal);
        foreach (var parameter in KernelCatalogue.Find(kernel)?.Parameters ?? [])
        {
            if (parameter.Default is { } value)
            {
                values.TryAdd(parameter.Name, value);
            }
        }

        return values;
    }
}
