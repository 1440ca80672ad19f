using Brigade.Contracts.Spec;
using Brigade.Runner.Protocol;
using Xunit;

namespace Brigade.Runner.Tests.TrialHosts.DotNet.Kernels;

public sealed class SharedCollectionTests
{
    [Theory]
    [InlineData(Strategy.Threads, "dictionary", "local")]
    [InlineData(Strategy.Threads, "list", "manager")]
    [InlineData(Strategy.Processes, "dictionary", "manager")]
    [InlineData(Strategy.Processes, "list", "local")]
    public async Task Run_AnyKind_HasEveryUpdateInTheEnd(Strategy strategy, string kind, string mode)
    {
        var parameters = new Dictionary<string, ParameterValue>(StringComparer.Ordinal)
        {
            ["kind"] = ParameterValue.Of(kind),
            ["mode"] = ParameterValue.Of(mode),
            ["items"] = ParameterValue.Of(100),
        };

        var host = await HostProcess.RunAsync(HostProcess.Request(strategy, 2, "shared.collection", new TrialLoad { Tasks = 30 }, parameters));

        Assert.Equal(3_000, host.Done!.Figures!["expected"]);
        Assert.Equal(3_000, host.Done.Figures["counted"]);
        Assert.Equal("0000000000000bb8", host.Done.Checksum);
    }
}
