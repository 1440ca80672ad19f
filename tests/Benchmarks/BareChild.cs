using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Brigade.Benchmarks;

/// <summary>A .NET program that prints one line and nothing else, compiled here: what any .NET process takes to start.</summary>
internal sealed class BareChild : IDisposable
{
    private const string Source = """System.Console.WriteLine("up");""";

    private readonly string _directory = Directory.CreateTempSubdirectory("brigade-bare-").FullName;

    public BareChild()
    {
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path));
        var compilation = CSharpCompilation.Create(
            "Bare", [CSharpSyntaxTree.ParseText(Source)], references, new CSharpCompilationOptions(OutputKind.ConsoleApplication, optimizationLevel: OptimizationLevel.Release));
        var result = compilation.Emit(Assembly);
        if (!result.Success)
        {
            throw new InvalidOperationException(string.Join(Environment.NewLine, result.Diagnostics));
        }

        File.WriteAllText(
            Path.ChangeExtension(Assembly, "runtimeconfig.json"),
            $$"""{ "runtimeOptions": { "tfm": "net10.0", "framework": { "name": "Microsoft.NETCore.App", "version": "{{Environment.Version}}" } } }""");
    }

    public string Assembly => Path.Combine(_directory, "Bare.dll");

    public void Dispose() => Directory.Delete(_directory, recursive: true);
}
