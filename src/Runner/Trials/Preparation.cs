using Brigade.Contracts.Spec;
using Brigade.Runner.Code;
using Brigade.Runner.Code.CSharp;
using Brigade.Runner.Sql;

namespace Brigade.Runner.Trials;

/// <summary>What the runner readies once for all trials of a run, so that no trial has to, or should know how.</summary>
internal sealed record Preparation
{
    /// <summary>The user's C#, compiled, as base64.</summary>
    public string? Assembly { get; init; }

    /// <summary>Where the database of the workload is.</summary>
    public DatabaseAddress? Database { get; init; }

    /// <summary>Why no trial can start, in one line; empty where all can.</summary>
    public string Failure { get; init; } = "";

    /// <summary>What helps to understand the failure.</summary>
    public string Detail { get; init; } = "";

    /// <summary>Readies a workload.</summary>
    /// <param name="connections">Gives the address of a named database.</param>
    public static async Task<Preparation> OfAsync(ExperimentSpec spec, Func<string, string?> connections, TimeProvider time, CancellationToken cancellation)
    {
        var workload = spec.Workload;
        return workload.Code is { Language: "csharp" } code && spec.Matrix.Runtime.Any(runtime => RuntimeNames.CanRun(workload, runtime)) ? await CompileAsync(code, time, cancellation)
            : workload.Sql is { } sql ? Connect(sql, connections)
            : new Preparation();
    }

    private static Preparation Connect(SqlSpec sql, Func<string, string?> connections)
    {
        try
        {
            return new Preparation { Database = Connections.Find(sql.Connection, connections) };
        }
        catch (FormatException exception)
        {
            return new Preparation { Failure = exception.Message };
        }
    }

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
