namespace Brigade.Runner.TrialHosts.DotNet.Channels;

/// <summary>A connection whose other end belongs to a child process that is started afterwards.</summary>
/// <param name="Near">The own end.</param>
/// <param name="Address">What the child gives to <see cref="ChannelRegistry.Connect"/>.</param>
/// <param name="Descriptors">What the child has to inherit, from descriptor <see cref="ChannelRegistry.FirstDescriptor"/> on.</param>
internal sealed record LinkPair(ILink Near, string Address, int[] Descriptors) : IDisposable
{
    public void Dispose() => Near.Dispose();
}
