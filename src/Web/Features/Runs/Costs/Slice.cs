using System.Runtime.InteropServices;

namespace Brigade.Web.Features.Runs.Costs;

/// <summary>A stretch of one worker's time, in milliseconds. What is left of <paramref name="Length"/> it had no task and did nothing.</summary>
/// <param name="Computing">In tasks, on a processor.</param>
/// <param name="Waiting">In tasks, on none.</param>
/// <param name="Outside">In no task, on a processor: handing over, serialising.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Slice(double Length, double Computing, double Waiting, double Outside)
{
    public double Free => Math.Max(0, Length - Computing - Waiting - Outside);

    public double Share(double part) => Length <= 0 ? 0 : Math.Clamp(part / Length, 0, 1);

    public static Slice operator +(Slice one, Slice other) =>
        new(one.Length + other.Length, one.Computing + other.Computing, one.Waiting + other.Waiting, one.Outside + other.Outside);
}
