using System.Globalization;
using Brigade.Contracts.Spec;
using Brigade.Runner.Tests.Fakes;
using Xunit;

namespace Brigade.Runner.Tests.TrialHosts.Node;

public sealed class NodeHttpTests
{
    private const string Found = "HTTP/1.1 201 Created\r\nContent-Length: 5\r\n\r\nhello";

    [Theory]
    [InlineData(Strategy.Threads)]
    [InlineData(Strategy.Async)]
    [InlineData(Strategy.Processes)]
    public async Task Run_AServerThatAnswers_ReadsTheBody(Strategy strategy)
    {
        await using var server = new TinyServer(Found);

        var result = await NodeTrials.CompleteAsync(Exchange(server.Url, strategy, status: 201));

        Assert.Equal((20, 0), (result.Tasks, result.Errors));
        Assert.Equal((20 * ((201UL << 32) + 5)).ToString("x16", CultureInfo.InvariantCulture), result.Checksum);
    }

    [Fact]
    public async Task Run_AnotherStatus_IsAnErrorThatNamesBoth()
    {
        await using var server = new TinyServer(Found);

        var result = await NodeTrials.CompleteAsync(Exchange(server.Url, Strategy.Async, status: 200));

        Assert.Equal(20, result.Errors);
        Assert.EndsWith("answered with status 201; 200 was expected", result.TaskErrors[0].Message, StringComparison.Ordinal);
    }

    private static ExperimentSpec Exchange(string url, Strategy strategy, int status) => NodeTrials.Kernel("noop", strategy) with
    {
        Workload = new WorkloadSpec { Http = new HttpSpec { Url = url, Method = "POST", Body = "{index}", ExpectStatus = status } },
    };
}
