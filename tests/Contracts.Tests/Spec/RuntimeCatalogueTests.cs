using Brigade.Contracts.Spec;

namespace Brigade.Contracts.Tests.Spec;

public sealed class RuntimeCatalogueTests
{
    [Theory]
    [InlineData("dotnet", "dotnet")]
    [InlineData("python3.13t", "python")]
    [InlineData("node", "node")]
    [InlineData("node20.1.0", "node")]
    [InlineData("ruby", null)]
    public void Of_NameOrId_IsItsKind(string runtime, string? kind) => Assert.Equal(kind, RuntimeCatalogue.Of(runtime)?.Name);

    [Theory]
    [InlineData("python", "Python")]
    [InlineData("python3", "Python")]
    [InlineData("python3.11", "Python 3.11")]
    [InlineData("python3.13t", "Python 3.13 (free-threaded)")]
    [InlineData("node", "Node.js")]
    [InlineData("node20", "Node.js 20")]
    [InlineData("dotnet", ".NET")]
    public void TitleOf_Id_IsForPeople(string id, string title) => Assert.Equal(title, RuntimeCatalogue.Of(id)!.TitleOf(id));

    [Fact]
    public void All_Always_HasNamesThatTellThemApart()
    {
        foreach (var kind in RuntimeCatalogue.All)
        {
            Assert.Same(kind, Assert.Single(RuntimeCatalogue.All, other => kind.Name.StartsWith(other.Name, StringComparison.Ordinal)));
            Assert.Same(kind, RuntimeCatalogue.OfLanguage(kind.CodeLanguage));
            Assert.All(kind.Kernels ?? [], kernel => Assert.NotNull(KernelCatalogue.Find(kernel)));
        }
    }
}
