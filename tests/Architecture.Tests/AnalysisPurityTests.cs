using ArchUnitNET.Loader;
using ArchUnitNET.xUnitV3;
using static ArchUnitNET.Fluent.ArchRuleDefinition;

namespace Brigade.Architecture.Tests;

/// <summary>Analysis is pure: no I/O, no clock, no threads, no randomness without a seed.</summary>
public sealed class AnalysisPurityTests
{
    private static readonly ArchUnitNET.Domain.Architecture Analysis = new ArchLoader()
        .LoadAssemblies(typeof(Brigade.Analysis.ResultBuilder).Assembly)
        .Build();

    [Theory]
    [InlineData(@"^System\.IO\.")]
    [InlineData(@"^System\.Net\.")]
    [InlineData(@"^System\.Threading\.")]
    [InlineData(@"^System\.Diagnostics\.(Process|Stopwatch)$")]
    [InlineData(@"^System\.(DateTime|TimeProvider|Environment|Console)$")]
    public void Analysis_Types_DoNotDependOn(string banned) =>
        Types().That().ResideInAssembly(typeof(Brigade.Analysis.ResultBuilder).Assembly)
            .Should().NotDependOnAny(Types(includeReferenced: true).That().HaveFullNameMatching(banned))
            .WithoutRequiringPositiveResults()
            .Check(Analysis);
}
