using Brigade.Contracts.Spec;
using Brigade.Runner.TrialHosts.DotNet;
using Brigade.Runner.TrialHosts.DotNet.Kernels;
using Xunit;

namespace Brigade.Runner.Tests.TrialHosts.DotNet.Kernels;

public sealed class KernelSettingsTests
{
    private static KernelSettings With(ParameterValue value) => new("io.sleep", new Dictionary<string, ParameterValue>(StringComparer.Ordinal) { ["p"] = value }, "", 0);

    [Fact]
    public void Whole_AWholeNumber_GivesIt() => Assert.Equal(7, With(ParameterValue.Of(7)).Whole("p"));

    [Fact]
    public void Milliseconds_AFraction_GivesNanoseconds() => Assert.Equal(500_000, With(ParameterValue.Of(0.5)).Milliseconds("p"));

    [Fact]
    public void Whole_AFraction_NamesKernelAndParameter()
    {
        var exception = Assert.Throws<TrialFailedException>(() => With(ParameterValue.Of(0.5)).Whole("p"));

        Assert.Contains("io.sleep: the parameter `p` is `0.5`", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Milliseconds_ANegative_Throws() => Assert.Throws<TrialFailedException>(() => With(ParameterValue.Of(-1)).Milliseconds("p"));

    [Fact]
    public void Text_Missing_SaysSo()
    {
        var exception = Assert.Throws<TrialFailedException>(() => With(ParameterValue.Of(1)).Text("url"));

        Assert.Contains("`url` is missing", exception.Message, StringComparison.Ordinal);
    }
}
