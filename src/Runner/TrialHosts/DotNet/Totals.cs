using System.Runtime.InteropServices;

namespace Brigade.Runner.TrialHosts.DotNet;

/// <summary>What one worker or all of them did in a phase. The checksum is the sum modulo 2^64 of the results.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Totals(long Tasks, long Errors, ulong Checksum)
{
    public static Totals operator +(Totals a, Totals b) => new(a.Tasks + b.Tasks, a.Errors + b.Errors, unchecked(a.Checksum + b.Checksum));
}
