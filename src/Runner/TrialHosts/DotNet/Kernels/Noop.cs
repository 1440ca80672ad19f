namespace Brigade.Runner.TrialHosts.DotNet.Kernels;

/// <summary><c>noop</c>: does nothing.</summary>
internal sealed class Noop : IKernel
{
    public ulong Run(long index) => 0;
}
