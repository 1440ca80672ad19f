using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Brigade.Runner.TrialHosts.DotNet.Kernels;

/// <summary><c>mixed</c>: computes until its thread has used a given processor time, then waits.</summary>
internal sealed class Mixed(KernelSettings settings) : IKernel
{
    private readonly long _cpu = settings.Milliseconds("cpuMilliseconds");
    private readonly long _wait = settings.Milliseconds("waitMilliseconds");
    private LoopTimer? _timer;
    private ulong _state = 1;

    public ulong Run(long index)
    {
        Compute();
        Native.SleepUntil(Stopwatch.GetTimestamp() + _wait);
        return 0;
    }

    public async ValueTask<ulong> RunAsync(long index)
    {
        Compute();
        _timer ??= new LoopTimer(EventLoop.Current);
        await _timer.WaitUntilAsync(Stopwatch.GetTimestamp() + _wait);
        return 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Compute()
    {
        // Waiting for a processor does not count. Reading a thread's clock is a system call: most of the time is arithmetic.
        var until = Native.ThreadCpuTime() + _cpu;
        while (Native.ThreadCpuTime() < until)
        {
            var state = _state;
            for (var round = 0; round < 2_000; round++)
            {
                state = unchecked((state * 6364136223846793005UL) + 1442695040888963407UL);
            }

            _state = state;
        }
    }
}
