using System.Runtime.InteropServices;

namespace Brigade.Analysis.Laws;

/// <summary>One measurement of a scaling curve.</summary>
/// <param name="Workers">Processors, threads, processes or users; above 0.</param>
/// <param name="Throughput">Work per time in any unit; above 0.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ScalingPoint(double Workers, double Throughput);
