using Brigade.Contracts.Messages;
using Brigade.Contracts.Spec;
using Brigade.Runner.Code.CSharp;
using Brigade.Runner.Trials;

namespace Brigade.Runner.Code;

/// <summary>Looks at users' code without running it, with the compiler of its own language.</summary>
internal sealed class CodeChecker(Func<CancellationToken, Task<ITrialHosts>> hosts, CompilerProcess compiler, TimeProvider time)
{
    /// <summary>The name that code has in messages where its author gave it none.</summary>
    public static string DefaultFile(string language) => RuntimeCatalogue.OfLanguage(language)?.CodeFile ?? RuntimeCatalogue.Python.CodeFile;

    /// <summary>Checks. What is wrong, with the code or with the check, is in the reply.</summary>
    public async Task<CodeCheckReply> CheckAsync(CodeCheckRequest request, CancellationToken cancellation)
    {
        var file = string.IsNullOrWhiteSpace(request.File) ? DefaultFile(request.Language) : request.File;
        switch (request.Language)
        {
            case "csharp":
                try
                {
                    return new CodeCheckReply((await compiler.CompileAsync(file, request.Source, emit: false, cancellation)).Problems);
                }
                catch (CompilerException exception)
                {
                    return new CodeCheckReply([], exception.Message);
                }

            case "python":
                return await CheckAsync(RuntimeCatalogue.Python, PythonCheck.CheckAsync);
            case "javascript":
                return await CheckAsync(RuntimeCatalogue.Node, NodeCheck.CheckAsync);
            default:
                return new CodeCheckReply([], $"code in '{request.Language}' cannot be looked at without running it");
        }

        async Task<CodeCheckReply> CheckAsync(RuntimeKind kind, Func<string, string, string, TimeProvider, CancellationToken, Task<CodeCheckReply>> check)
        {
            var known = await hosts(cancellation);
            var wanted = string.IsNullOrEmpty(request.Runtime) ? kind.Name : request.Runtime;
            return known.Resolve(wanted) is { } found && string.Equals(found.Language, kind.Name, StringComparison.Ordinal)
                ? await check(found.Path, file, request.Source, time, cancellation)
                : new CodeCheckReply([], MissingRuntime.Explain(wanted, known.Runtimes));
        }
    }

    /// <summary>A problem as compilers write it: <c>Task.cs(3,14): error CS0103: …</c>.</summary>
    public static string Line(string file, CodeProblem problem) => FormattableString.Invariant($"{file}({problem.Line},{problem.Column}): {problem.Severity} {problem.Id}: {problem.Message}");
}
