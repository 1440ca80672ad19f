using Brigade.Contracts.Spec;

namespace Brigade.Contracts.Tests.Spec;

public sealed class RuntimeNamesTests
{
    [Theory]
    [InlineData("python", true)]
    [InlineData("python3.13t", true)]
    [InlineData("dotnet", false)]
    public void IsPython_Name_IsByItsBeginning(string name, bool isPython) => Assert.Equal(isPython, RuntimeNames.IsPython(name));

    [Theory]
    [InlineData("python", "python3.11", true)]
    [InlineData("python", "dotnet", false)]
    [InlineData("csharp", "dotnet", true)]
    [InlineData("csharp", "python", false)]
    [InlineData("javascript", "node", true)]
    [InlineData("javascript", "node20", true)]
    [InlineData("javascript", "python", false)]
    [InlineData("python", "node", false)]
    public void CanRun_Code_NeedsItsOwnLanguage(string language, string runtime, bool canRun) =>
        Assert.Equal(canRun, RuntimeNames.CanRun(new WorkloadSpec { Code = new CodeSpec { Language = language, Source = "x" } }, runtime));

    [Fact]
    public void CanRun_Kernel_RunsEverywhere() => Assert.True(RuntimeNames.CanRun(new WorkloadSpec { Kernel = "noop" }, "dotnet"));
}
