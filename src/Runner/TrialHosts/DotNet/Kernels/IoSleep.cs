using System.Diagnostics;

namespace Brigade.Runner.TrialHosts.DotNet.Kernels;

/// <summary><c>io.sleep</c>: waits. The system's sleep to the nanosecond: .NET's own are in whole milliseconds.</summary>
internal sealed class IoSleep(KernelSettings settings) : IKernel
{
    private readonly long _wait = settings.Milliseconds("milliseconds");
    private LoopTimer? _timer;

    public ulong Run(long index)
    {
        Native.SleepUntil(Stopwatch.GetTimestamp() + _wait);
        return 0;
    }

    public async ValueTask<ulong> RunAsync(long index)
    {
        _timer ??= new LoopTimer(EventLoop.Current);
        await _timer.WaitUntilAsync(Stopwatch.GetTimestamp() + _wait);
        return 0;
    }
}
