namespace Brigade.Runner.TrialHosts.DotNet.Channels;

/// <summary>A connection whose other end belongs to a child process that is started afterwards.</summary>
/// <param name="Near">The own end.</param>
/// <param name="Address">What the child gives to <see cref="ChannelRegistry.Connect"/>.</param>
/// <param name="Descriptors">What the child has to inherit, from descriptor <see cref="ChannelRegistry.FirstDescriptor"/> on.</param>
internal sealed record LinkPair(ILink Near, string Address, int[] Descriptors) : IDisposable
{
    /// <summary>
    /// Where any number of processes may have the other end (<c>queue</c>, <c>manager</c>): this process's own copy of it, with which it
    /// can send to itself behind what the others have sent; otherwise null.
    /// </summary>
    public ILink? Far { get; init; }

    /// <summary>What the channel needs beside the two ends, such as a server.</summary>
    public IDisposable? Server { get; init; }

    public void Dispose()
    {
        Near.Dispose();
        Far?.Dispose();
        Server?.Dispose();
    }
}
