using Brigade.Contracts.Spec;
using Brigade.Runner.TrialHosts.DotNet;
using Brigade.Runner.TrialHosts.DotNet.Channels;
using Brigade.Runner.TrialHosts.DotNet.Children;
using Brigade.Runner.Trials;
using Xunit;

namespace Brigade.Runner.Tests.TrialHosts.DotNet.Channels;

/// <summary>Every channel between this process and a real second one.</summary>
public sealed class LinkTests
{
    public static TheoryData<Channel> Channels => [Channel.Pipe, Channel.Queue, Channel.Manager, Channel.SharedMemory];

    [Theory]
    [MemberData(nameof(Channels))]
    public void SendAndReceive_MessagesOfAllLengths_ComeBackInOrder(Channel channel)
    {
        const int Most = 150_000;
        using var peer = PeerProcess.Start(channel, Most);
        var message = Enumerable.Range(0, Most).Select(value => (byte)(value * 7)).ToArray();
        int[] lengths = [0, 1, 7, 8, 63, 64, 4096, 16_383, 16_384, 65_535, 65_536, 65_537, Most];
        for (var round = 0; round < 20; round++)
        {
            foreach (var length in lengths)
            {
                message[0] = (byte)round;
                Assert.True(peer.Link.TrySend([(byte)PeerOrder.SendBack], message.AsSpan(0, length)));
                Assert.True(peer.Link.TryReceive(out var back));
                Assert.True(back.SequenceEqual(message.AsSpan(0, length)), $"round {round}, {length} bytes");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Channels))]
    public void Send_ManyBeforeOneIsReceived_ArriveEachOnce(Channel channel)
    {
        using var peer = PeerProcess.Start(channel, 1000);
        for (var number = 0; number < 20_000; number++)
        {
            var order = number % 1000 == 999 ? PeerOrder.SendBack : PeerOrder.Take;
            Assert.True(peer.Link.TrySend([(byte)order], BitConverter.GetBytes(number)));
        }

        for (var number = 999; number < 20_000; number += 1000)
        {
            Assert.True(peer.Link.TryReceive(out var back));
            Assert.Equal(number, BitConverter.ToInt32(back));
        }
    }

    [Theory]
    [MemberData(nameof(Channels))]
    public async Task Receive_TheOtherProcessIsKilled_EndsTheWait(Channel channel)
    {
        using var peer = PeerProcess.Start(channel, 1000);
        Assert.True(peer.Link.TrySend([(byte)PeerOrder.SendBack, 1]));
        Assert.True(peer.Link.TryReceive(out _));

        var waiting = Task.Run(() => peer.Link.TryReceive(out _));
        Assert.Equal(0, Linux.Kill(peer.Id, Linux.Sigkill));

        Assert.False(await waiting.WaitAsync(TimeSpan.FromSeconds(30)));
    }

    [Theory]
    [InlineData(Channel.Queue)]
    [InlineData(Channel.Manager)]
    public void Receive_SeveralAtOneQueue_GetEachMessageOnce(Channel channel)
    {
        using var pair = ChannelRegistry.Open(channel, 1000, mayWaitBusily: false);
        for (var number = 0; number < 8; number++)
        {
            Assert.True(pair.Near.TrySend([(byte)number]));
        }

        // Here two ends in one process; in a trial a hundred in as many.
        using var other = channel == Channel.Manager ? ChannelRegistry.Connect(pair.Address) : null;
        var received = new List<byte>();
        for (var turn = 0; turn < 4; turn++)
        {
            Assert.True(pair.Far!.TryReceive(out var one));
            received.Add(one[0]);
            Assert.True((other ?? pair.Far).TryReceive(out var two));
            received.Add(two[0]);
        }

        Assert.Equal(Enumerable.Range(0, 8).Select(number => (byte)number), received);
        Assert.True(pair.Far!.TrySend([42]));
        Assert.True(pair.Near.TryReceive(out var answer));
        Assert.Equal(42, answer[0]);
    }

    [Theory]
    [InlineData(Channel.Queue)]
    [InlineData(Channel.SharedMemory)]
    public void Send_LongerThanTheChannelCarries_SaysSo(Channel channel)
    {
        using var pair = ChannelRegistry.Open(channel, 100, mayWaitBusily: false);

        var refusal = Assert.Throws<TrialFailedException>(() => pair.Near.TrySend(new byte[pair.Near.MostBytes + 1]));

        Assert.Contains($"the channel {EnumName.Of(channel)} carries messages of at most", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("smaller payloadBytes", refusal.Message, StringComparison.Ordinal);
    }
}
