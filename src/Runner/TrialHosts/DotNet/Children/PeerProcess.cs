using Brigade.Contracts.Spec;
using Brigade.Runner.TrialHosts.DotNet.Channels;

namespace Brigade.Runner.TrialHosts.DotNet.Children;

/// <summary>What a <see cref="PeerProcess"/> does with a message: the first byte of it.</summary>
internal enum PeerOrder : byte
{
    /// <summary>Take it and say nothing.</summary>
    Take,

    /// <summary>Send the rest back.</summary>
    SendBack,
}

/// <summary>
/// A process at the other end of a channel (the hidden verb <c>trial-peer</c>) that takes messages or sends them back: what a channel
/// can carry, without tasks. It ends when it is disposed or this process ends.
/// </summary>
internal sealed class PeerProcess : IDisposable
{
    private readonly ChildProcess _child;
    private readonly LinkPair _pair;
    private readonly Thread _watcher;

    private PeerProcess(ChildProcess child, LinkPair pair)
    {
        (_child, _pair) = (child, pair);
        _watcher = new Thread(Watch, 128 * 1024) { IsBackground = true, Name = "peer watcher" };
        _watcher.Start();
    }

    /// <summary>Its process number.</summary>
    public int Id => _child.Id;

    /// <summary>This process's end. Each message begins with a <see cref="PeerOrder"/>; answers come without.</summary>
    public ILink Link => _pair.Near;

    /// <summary>Starts it; the first message waits until it is up.</summary>
    /// <param name="mostBytes">The longest message, without the order.</param>
    /// <exception cref="TrialFailedException">The channel does not carry such messages, or the system refuses.</exception>
    public static PeerProcess Start(Channel channel, int mostBytes)
    {
        var pair = ChannelRegistry.Open(channel, checked(mostBytes + 1), mayWaitBusily: Environment.ProcessorCount > 1);
        try
        {
            return new PeerProcess(ChildProcess.Start(["trial-peer", pair.Address], pair.Descriptors), pair);
        }
        catch (TrialFailedException)
        {
            pair.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _child.Kill();
        _watcher.Join();
        _child.DescribeEnd();
        _child.Dispose();
        _pair.Dispose();
    }

    /// <summary>The verb: works until the standard input ends.</summary>
    internal static int Run(string address)
    {
        Native.IgnoreInterrupt();
        ParentWatch.Start();
        var link = ChannelRegistry.Connect(address);
        while (link.TryReceive(out var message) && (message[0] != (byte)PeerOrder.SendBack || link.TrySend(message[1..])))
        {
        }

        return 0;
    }

    /// <summary>The output ends with the process: then nobody may wait for it any more.</summary>
    private void Watch()
    {
        Span<byte> nothing = stackalloc byte[16];
        while (Native.Read(_child.Output, nothing) > 0)
        {
        }

        Link.Close();
    }
}
