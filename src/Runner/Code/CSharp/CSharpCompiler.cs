using System.Collections.Immutable;
using Brigade.Contracts.Messages;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;

namespace Brigade.Runner.Code.CSharp;

/// <summary>What became of a user's C#.</summary>
/// <param name="Assembly">Null where it does not compile, or was only looked at.</param>
/// <param name="Problems">Errors and warnings in the order of the text.</param>
internal sealed record CompiledCode(byte[]? Assembly, IReadOnlyList<CodeProblem> Problems)
{
    /// <summary>The first error in one line: <c>Task.cs(3,14): CS0103: …</c>.</summary>
    public string Failure(string file) => Problems.Where(problem => problem.Severity == CodeProblem.Error)
        .Select(problem => FormattableString.Invariant($"{file}({problem.Line},{problem.Column}): {problem.Id}: {problem.Message}")).FirstOrDefault() ?? "the code did not compile";

    /// <summary>All that the compiler said, a line each.</summary>
    public string Detail(string file) => string.Join('\n', Problems.Select(problem => CodeChecker.Line(file, problem)));
}

/// <summary>
/// Compiles a user's C#, optimised, against the .NET that this process runs on. Loads the compiler, which costs seconds and 150 MB: so
/// only <see cref="CompilerServer"/> calls it, and a trial host that got no assembly.
/// </summary>
internal static class CSharpCompiler
{
    /// <summary>What a new project imports by itself.</summary>
    private const string Usings =
        "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks;";

    private static readonly Lazy<ImmutableArray<MetadataReference>> References = new(ReadReferences);

    public static CompiledCode Compile(string file, string source, bool emit = true)
    {
        if (CSharpSource.Read(file, source, out var problems) is not { } code)
        {
            return new CompiledCode(null, problems);
        }

        var options = new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Annotations);
        var compilation = CSharpCompilation.Create("Brigade.UserCode", [code.Tree, Parse(Usings)], References.Value, options);
        var found = Told(code, compilation.GetDiagnostics());
        if (found.Exists(IsError))
        {
            return new CompiledCode(null, found);
        }

        var entry = EntryPoints.Find(code, compilation, out problems);
        if (problems.Count > 0 || !emit)
        {
            return new CompiledCode(null, [.. problems, .. found]);
        }

        using var assembly = new MemoryStream();
        var emitted = compilation.AddSyntaxTrees(Parse(AdapterText.Of(entry, code.WrapperName))).Emit(assembly, options: new EmitOptions(debugInformationFormat: DebugInformationFormat.Embedded));
        return emitted.Success ? new CompiledCode(assembly.ToArray(), found) : new CompiledCode(null, Refused(code, emitted.Diagnostics));
    }

    private static bool IsError(CodeProblem problem) => problem.Severity == CodeProblem.Error;

    private static SyntaxTree Parse(string text) =>
        CSharpSyntaxTree.ParseText(text, new CSharpParseOptions(LanguageVersion.Latest, DocumentationMode.None), encoding: System.Text.Encoding.UTF8);

    private static List<CodeProblem> Told(CSharpSource code, IEnumerable<Diagnostic> diagnostics) => [.. diagnostics
        .Where(found => found.Severity >= DiagnosticSeverity.Warning && !found.IsSuppressed && found.Location.SourceTree == code.Tree)
        .OrderBy(found => found.Location.SourceSpan.Start)
        .Select(code.Problem)];

    /// <summary>What only the emission or the adapter could find.</summary>
    private static List<CodeProblem> Refused(CSharpSource code, IEnumerable<Diagnostic> diagnostics)
    {
        var errors = diagnostics.Where(found => found.Severity == DiagnosticSeverity.Error).ToList();
        var told = Told(code, errors);
        return told.Exists(IsError) ? told : [code.Own(default, $"the methods cannot be called as they are declared: {errors.FirstOrDefault()?.GetMessage(System.Globalization.CultureInfo.InvariantCulture)}")];
    }

    /// <summary>The framework's assemblies, and none of the runner's own.</summary>
    private static ImmutableArray<MetadataReference> ReadReferences()
    {
        var framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        var known = (string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? "";
        return [.. known.Split(Path.PathSeparator).Where(path => path.StartsWith(framework, StringComparison.Ordinal)).Select(path => (MetadataReference)MetadataReference.CreateFromFile(path))];
    }
}
