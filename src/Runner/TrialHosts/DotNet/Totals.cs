using System.Runtime.InteropServices;

namespace Brigade.Runner.TrialHosts.DotNet;

/// <summary>What one worker or all of them did in a phase. The checksum is the sum modulo 2^64 of the results.</summary>
/// <param name="SerializationNs">Where tasks cross a process border: the time that putting their results together took.</param>
/// <param name="ChannelNs">Where tasks cross a process border: the time that they and their results were on the way to somebody who waited for them.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Totals(long Tasks, long Errors, ulong Checksum, long SerializationNs = 0, long ChannelNs = 0)
{
    public static Totals operator +(Totals a, Totals b) => new(
        a.Tasks + b.Tasks, a.Errors + b.Errors, unchecked(a.Checksum + b.Checksum), a.SerializationNs + b.SerializationNs, a.ChannelNs + b.ChannelNs);
}
