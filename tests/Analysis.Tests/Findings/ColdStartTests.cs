using Brigade.Contracts.Spec;
using Xunit;

namespace Brigade.Analysis.Tests.Findings;

public sealed class ColdStartTests
{
    [Fact]
    public void Find_StartLongerThanTheWork_SaysBoth() => Assert.StartsWith(
        "Starting up took longer than the work in 1 cell: 3,000 ms against 2,000 ms in .NET processes with 2 workers.",
        Assert.Single(new RunBuilder().Add(
            new("dotnet", Strategy.Sequential, 1, 100), new("dotnet", Strategy.Processes, 2, 100) { StartupMs = 3_000 }).Findings("cold-start")).Text,
        StringComparison.Ordinal);

    [Fact]
    public void Find_ShortStart_Nothing() => Assert.Empty(Runs.PythonPrimes().Findings("cold-start"));
}
