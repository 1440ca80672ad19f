using System.Runtime.CompilerServices;

namespace Brigade.Runner.TrialHosts.DotNet.Kernels;

/// <summary><c>cpu.pi</c>: counts random points within a quarter of a circle (Monte Carlo, generator splitmix64).</summary>
internal sealed class CpuPi(KernelSettings settings) : IKernel
{
    private readonly int _points = settings.Whole("points");
    private readonly int _seed = settings.Whole("seed");

    public ulong Run(long index) => Count(_points, unchecked((ulong)(_seed + index)));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static ulong Count(int points, ulong state)
    {
        const ulong RadiusSquared = 1UL << 62;
        ulong inside = 0;
        unchecked
        {
            for (var point = 0; point < points; point++)
            {
                state += 0x9E3779B97F4A7C15UL;
                var z = state;
                z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
                z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
                z ^= z >> 31;
                var x = z >> 33;
                var y = z & 0x7FFFFFFF;
                if ((x * x) + (y * y) < RadiusSquared)
                {
                    inside++;
                }
            }
        }

        return inside;
    }
}
