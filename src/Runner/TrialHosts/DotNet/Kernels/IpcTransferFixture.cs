namespace Brigade.Runner.TrialHosts.DotNet.Kernels;

/// <summary>The figures of <c>ipc.transfer</c>.</summary>
internal sealed class IpcTransferFixture(KernelSettings settings) : IKernelFixture
{
    private readonly int _bytes = settings.Whole("bytes", IpcTransfer.MaximumBytes);
    private readonly int _ways = settings.Choice("mode") is "round-trip" ? 2 : 1;

    public KernelReport End(Totals totals, TimeSpan elapsed)
    {
        var perSecond = (totals.Tasks - totals.Errors) * _ways / Math.Max(elapsed.TotalSeconds, 1e-9);
        var figures = new Dictionary<string, double>(StringComparer.Ordinal) { ["messagesPerSecond"] = perSecond, ["megabytesPerSecond"] = perSecond * _bytes / 1e6 };
        return new KernelReport(figures, []);
    }

    public void Dispose()
    {
        // Each worker has its own process.
    }
}
