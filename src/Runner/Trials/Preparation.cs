using Brigade.Contracts.Spec;
using Brigade.Runner.Code;
using Brigade.Runner.Code.CSharp;
using Brigade.Runner.Protocol;
using Brigade.Runner.Sql;

namespace Brigade.Runner.Trials;

/// <summary>What the runner readies once for all trials of a run, so that no trial has to, or should know how.</summary>
internal sealed record Preparation
{
    /// <summary>The user's C#, compiled, as base64.</summary>
    public string? Assembly { get; init; }

    /// <summary>Where the database of the workload is.</summary>
    public DatabaseAddress? Database { get; init; }

    /// <summary>Whom the workload may connect to; null for anybody, and where it connects to nobody.</summary>
    public TrialNetwork? Network { get; init; }

    /// <summary>The values of the secrets that the workload names.</summary>
    public IReadOnlyDictionary<string, string> Secrets { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Keeps the secrets out of what trials tell.</summary>
    public Redactor Redactor { get; init; } = Redactor.None;

    /// <summary>Why no trial can start, in one line; empty where all can.</summary>
    public string Failure { get; init; } = "";

    /// <summary>What helps to understand the failure.</summary>
    public string Detail { get; init; } = "";

    /// <summary>Readies a workload.</summary>
    public static async Task<Preparation> OfAsync(ExperimentSpec spec, RunMeans means, TimeProvider time, CancellationToken cancellation)
    {
        var workload = spec.Workload;
        var names = SecretReferences.In(workload);
        if (names.FirstOrDefault(name => means.Secrets(name) is null) is { } missing)
        {
            return new Preparation { Failure = means.Problem.Length > 0 ? means.Problem : $"the secret '{missing}' is not known; {means.Missing(missing)}" };
        }

        var secrets = names.ToDictionary(name => name, name => means.Secrets(name)!, StringComparer.Ordinal);
        if (HeaderProblem(workload, secrets) is { } problem)
        {
            return new Preparation { Failure = problem };
        }

        var prepared = workload.Code is { Language: "csharp" } code && spec.Matrix.Runtime.Any(runtime => RuntimeNames.CanRun(workload, runtime)) ? await CompileAsync(code, time, cancellation)
            : workload.Sql is { } sql ? Connect(sql, means)
            : new Preparation { Network = workload.Http is not null || workload.Kernel == "io.http" ? Within(means) : null };
        return secrets.Count == 0 ? prepared : prepared with { Secrets = secrets, Redactor = new Redactor(secrets.Values) };
    }

    private static TrialNetwork? Within(RunMeans means) => means.Network is { } rules ? TrialNetwork.Of(rules) : null;

    /// <summary>A database that a secret of the workspace names is wherever an admin of it said: its address is judged. One that the operator of this machine offers is theirs to offer.</summary>
    private static Preparation Connect(SqlSpec sql, RunMeans means)
    {
        try
        {
            var secret = means.Network is null ? null : means.Secrets(sql.Connection);
            var address = Connections.Find(sql.Connection, secret is null ? means.Connections : _ => secret);
            if (secret is not null && address.Provider == DatabaseAddress.Sqlite)
            {
                return new Preparation { Failure = $"the secret '{sql.Connection}' is a file of SQLite, which would be one of the runner's machine; only its operator can offer one, by the variable {Connections.Variable(sql.Connection)}" };
            }

            var password = address.Fields.GetValueOrDefault("password");
            return new Preparation { Database = address, Network = secret is null ? null : Within(means), Redactor = new Redactor(new[] { secret, password }.OfType<string>()) };
        }
        catch (FormatException exception)
        {
            return new Preparation { Failure = exception.Message };
        }
    }

    private static string? HeaderProblem(WorkloadSpec workload, Dictionary<string, string> secrets) => (workload.Http?.Headers.Values ?? [])
        .SelectMany(SecretReferences.NamesIn)
        .Where(name => secrets[name].Any(character => char.IsControl(character) || character > '\u00FF'))
        .Select(name => $"the secret '{name}' has a line break or another character that a header cannot carry")
        .FirstOrDefault();

    private static async Task<Preparation> CompileAsync(CodeSpec code, TimeProvider time, CancellationToken cancellation)
    {
        var file = code.File ?? CodeChecker.DefaultFile(code.Language);
        try
        {
            // Its process is gone before the first trial starts.
            await using var compiler = new CompilerProcess(time);
            var compiled = await compiler.CompileAsync(file, code.Source ?? "", emit: true, cancellation);
            return compiled.Assembly is { } assembly ? new Preparation { Assembly = Convert.ToBase64String(assembly) } : new Preparation { Failure = compiled.Failure(file), Detail = compiled.Detail(file) };
        }
        catch (OperationCanceledException)
        {
            return new Preparation { Failure = "cancelled while the code was compiled" };
        }
        catch (CompilerException exception)
        {
            return new Preparation { Failure = exception.Message };
        }
    }
}
