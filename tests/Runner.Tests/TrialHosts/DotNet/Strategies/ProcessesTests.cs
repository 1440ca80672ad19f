using System.Globalization;
using Brigade.Contracts.Spec;
using Brigade.Runner.Protocol;
using Brigade.Runner.TrialHosts.DotNet.Kernels;
using Xunit;

namespace Brigade.Runner.Tests.TrialHosts.DotNet.Strategies;

public sealed class ProcessesTests
{
    private static readonly Dictionary<string, ParameterValue> Points = new(StringComparer.Ordinal) { ["points"] = ParameterValue.Of(50), ["seed"] = ParameterValue.Of(7) };

    public static TheoryData<Channel, int, int, int> Combinations
    {
        get
        {
            var data = new TheoryData<Channel, int, int, int>();
            foreach (var channel in Enum.GetValues<Channel>())
            {
                data.Add(channel, 3, 1, 0);
                data.Add(channel, 2, 64, 0);
                data.Add(channel, 2, 7, 1000);
                data.Add(channel, 2, 3, 200_000);
                data.Add(channel, 1, 1, 1_048_576);
            }

            return data;
        }
    }

    private static TrialRequest Request(Channel channel, int workers, int chunkSize, int payloadBytes, int tasks) =>
        HostProcess.Request(Strategy.Processes, workers, "cpu.pi", new TrialLoad { Tasks = tasks }, Points) with { Channel = channel, ChunkSize = chunkSize, PayloadBytes = payloadBytes };

    [Theory]
    [MemberData(nameof(Combinations))]
    public async Task Run_AnyChannelChunkAndPayload_RunsEachTaskOnce(Channel channel, int workers, int chunkSize, int payloadBytes)
    {
        const int Tasks = 400;
        var host = await HostProcess.RunAsync(Request(channel, workers, chunkSize, payloadBytes, Tasks));

        // The results depend on the index: the sum tells whether each came once.
        var kernel = new CpuPi(new KernelSettings("cpu.pi", Points, "", 0));
        var sum = Enumerable.Range(0, Tasks).Aggregate(0UL, (sum, index) => sum + kernel.Run(index));
        Assert.Equal("", host.Failed?.Message ?? "");
        Assert.Equal((Tasks, Tasks), (host.Done!.Tasks, host.Tasks.Count));
        Assert.Equal(sum.ToString("x16", CultureInfo.InvariantCulture), host.Done.Checksum);
        Assert.True(host.Done is { SerializationNs: > 0, ChannelNs: > 0 });
    }

    [Theory]
    [InlineData(Channel.Queue)]
    [InlineData(Channel.Manager)]
    public async Task Run_AQueueThatAllShare_GivesTasksToEachWorker(Channel channel)
    {
        var host = await HostProcess.RunAsync(HostProcess.Request(
            Strategy.Processes, 4, "io.sleep", new TrialLoad { Tasks = 40 }, new Dictionary<string, ParameterValue>(StringComparer.Ordinal) { ["milliseconds"] = ParameterValue.Of(20) }) with
        {
            Channel = channel,
        });

        Assert.Equal([0, 1, 2, 3], host.Tasks.Select(task => (int)task.Worker).Distinct().Order());
    }

    [Fact]
    public async Task Run_APayloadAboveTheChannelsLimit_SaysSo()
    {
        var host = await HostProcess.RunAsync(Request(Channel.Queue, 2, 1, 16_000_000, 10));

        Assert.Contains("the channel queue carries messages of at most", host.Failed!.Message, StringComparison.Ordinal);
        Assert.Contains("smaller payloadBytes", host.Failed.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Strategy.Threads)]
    [InlineData(Strategy.Async)]
    public async Task Run_NoProcessBorder_HasNoTimesOfOne(Strategy strategy)
    {
        var host = await HostProcess.RunAsync(HostProcess.Request(strategy, 2, "noop", new TrialLoad { Tasks = 10 }));

        Assert.True(host.Done is { SerializationNs: null, ChannelNs: null });
    }
}
