using System.Xml.Linq;

namespace Brigade.Architecture.Tests;

/// <summary>Which project may reference which: the house's walls.</summary>
public sealed class ReferenceRulesTests
{
    public static TheoryData<string, string[]> Rules => new()
    {
        { "Contracts", [] },
        { "Analysis", ["Contracts"] },
        { "Data", ["Contracts"] },
        { "Runner", ["Analysis", "Contracts"] },
        { "Web", ["Analysis", "Contracts", "Data"] },
    };

    [Theory]
    [MemberData(nameof(Rules))]
    public void Project_References_AreThoseOfTheDesign(string project, string[] allowed)
    {
        var references = ProjectReferences(project).Order(StringComparer.Ordinal);

        Assert.Equal(allowed, references, StringComparer.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void Assembly_References_AreThoseOfTheDesign(string project, string[] allowed)
    {
        var assembly = System.Reflection.Assembly.Load($"Brigade.{project}");

        var references = assembly.GetReferencedAssemblies()
            .Select(reference => reference.Name!)
            .Where(name => name.StartsWith("Brigade.", StringComparison.Ordinal))
            .Select(name => name["Brigade.".Length..]);

        Assert.Empty(references.Except(allowed, StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("Contracts")]
    [InlineData("Analysis")]
    [InlineData("Runner")]
    public void Assembly_OutsideWebAndData_KnowsNeitherOrleansNorEntityFramework(string project)
    {
        var assembly = System.Reflection.Assembly.Load($"Brigade.{project}");

        Assert.DoesNotContain(assembly.GetReferencedAssemblies(), reference =>
            reference.Name!.StartsWith("Orleans", StringComparison.Ordinal) || reference.Name.StartsWith("Microsoft.EntityFrameworkCore", StringComparison.Ordinal));
    }

    [Fact]
    public void Solution_Projects_AreAllInTheSolution()
    {
        var solution = File.ReadAllText(Path.Combine(Repository.Root, "Dashboard.sln"));

        foreach (var file in Directory.EnumerateFiles(Repository.Root, "*.csproj", SearchOption.AllDirectories).Select(Path.GetFileName))
        {
            Assert.Contains(file!, solution, StringComparison.Ordinal);
        }
    }

    // A reference that brings no assembly (Web copies the runner's output beside its own) is no reference in this sense.
    private static IEnumerable<string> ProjectReferences(string project) =>
        XDocument.Load(Path.Combine(Repository.Root, "src", project, project + ".csproj"))
            .Descendants("ProjectReference")
            .Where(reference => !string.Equals((string?)reference.Attribute("ReferenceOutputAssembly"), "false", StringComparison.OrdinalIgnoreCase))
            .Select(reference => Path.GetFileNameWithoutExtension((string)reference.Attribute("Include")!));
}
