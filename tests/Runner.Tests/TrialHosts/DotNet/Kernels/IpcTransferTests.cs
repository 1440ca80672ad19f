using Brigade.Contracts.Spec;
using Brigade.Runner.Protocol;
using Xunit;

namespace Brigade.Runner.Tests.TrialHosts.DotNet.Kernels;

public sealed class IpcTransferTests
{
    [Theory]
    [InlineData(Strategy.Threads, "pipe", "round-trip")]
    [InlineData(Strategy.Threads, "shared-memory", "one-way")]
    [InlineData(Strategy.Processes, "shared-memory", "round-trip")]
    [InlineData(Strategy.Processes, "pipe", "one-way")]
    [InlineData(Strategy.Threads, "queue", "one-way")]
    [InlineData(Strategy.Processes, "queue", "round-trip")]
    [InlineData(Strategy.Threads, "manager", "round-trip")]
    [InlineData(Strategy.Processes, "manager", "one-way")]
    public async Task Run_EachWay_SaysHowManyMessagesAndBytesASecond(Strategy strategy, string channel, string mode)
    {
        const int Tasks = 400, Bytes = 50_000;
        var parameters = new Dictionary<string, ParameterValue>(StringComparer.Ordinal)
        {
            ["channel"] = ParameterValue.Of(channel),
            ["mode"] = ParameterValue.Of(mode),
            ["bytes"] = ParameterValue.Of(Bytes),
        };

        var host = await HostProcess.RunAsync(HostProcess.Request(strategy, 2, "ipc.transfer", new TrialLoad { Tasks = Tasks }, parameters));

        Assert.Equal((Tasks, 0), (host.Done!.Tasks, host.Done.Errors));
        var seconds = (host.Done.At - host.Measuring!.At) / 1e9;
        var messages = mode is "one-way" ? Tasks : 2 * Tasks;
        Assert.Equal(messages / seconds, host.Done.Figures!["messagesPerSecond"], tolerance: messages / seconds * 0.01);
        Assert.Equal(messages * (double)Bytes / seconds / 1e6, host.Done.Figures["megabytesPerSecond"], tolerance: messages * (double)Bytes / seconds / 1e8);
    }
}
