using System.Globalization;
using Brigade.Contracts.Spec;

namespace Brigade.Runner.TrialHosts.DotNet.Channels;

/// <summary>All channels of the .NET host. Each of them connects two processes; what is sent and when is for others to say.</summary>
internal static class ChannelRegistry
{
    /// <summary>The first descriptor that a child inherits beside its three standard streams.</summary>
    public const int FirstDescriptor = 3;

    /// <summary>Whether all workers have one connection together: one queue of tasks, one of results.</summary>
    public static bool IsShared(Channel channel) => channel is Channel.Queue or Channel.Manager;

    /// <summary>Opens a connection between this process and a child that is started next.</summary>
    /// <param name="mostBytes">The longest message that has to fit.</param>
    /// <param name="mayWaitBusily">Whether each side has a processor of its own, so that a short busy wait is cheaper than a sleep.</param>
    /// <exception cref="TrialFailedException">The channel cannot carry messages of this length, or the system refuses.</exception>
    public static LinkPair Open(Channel channel, int mostBytes, bool mayWaitBusily) => channel switch
    {
        Channel.Pipe => PipeLink.Open(),
        Channel.Queue => QueueLink.Open(mostBytes),
        Channel.Manager => ManagerLink.Open(),
        _ => SharedMemoryLink.Open(mostBytes, mayWaitBusily),
    };

    /// <summary>Opens the child's end.</summary>
    public static ILink Connect(string address)
    {
        var parts = address.Split(':');
        return parts[0] switch
        {
            "pipe" => PipeLink.Connect(),
            "queue" => QueueLink.Connect(int.Parse(parts[1], CultureInfo.InvariantCulture)),
            "manager" => ManagerLink.Connect(parts[1]),
            "shared-memory" => SharedMemoryLink.Connect(int.Parse(parts[1], CultureInfo.InvariantCulture), parts[2] == "1"),
            _ => throw new TrialFailedException($"There is no channel `{address}`."),
        };
    }

    public static string NameOf(Channel channel) => channel switch
    {
        Channel.Pipe => "pipe",
        Channel.Queue => "queue",
        Channel.Manager => "manager",
        _ => "shared-memory",
    };

    /// <summary>The error of every channel for a message that is too long.</summary>
    public static TrialFailedException TooLong(Channel channel, long bytes, int most) => new(string.Create(
        CultureInfo.InvariantCulture,
        $"the channel {NameOf(channel)} carries messages of at most {most:N0} bytes, and this one has {bytes:N0}: use a smaller payloadBytes or chunkSize, or another channel."));
}
