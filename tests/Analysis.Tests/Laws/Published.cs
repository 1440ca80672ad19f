using Brigade.Analysis.Laws;

namespace Brigade.Analysis.Tests.Laws;

/// <summary>Scaling data of Gunther 2007, "Guerrilla capacity planning", ch. 4-6; also the data sets <c>raytracer</c> and <c>specsdm91</c> of the R package usl 3.0.</summary>
internal static class Published
{
    /// <summary>BRL-CAD ray tracer on an SGI Origin 2000 with 64 processors.</summary>
    public static IReadOnlyList<ScalingPoint> RayTracer { get; } =
        Points([1, 4, 8, 12, 16, 20, 24, 28, 32, 48, 64], [20, 78, 130, 170, 190, 200, 210, 230, 260, 280, 310]);

    /// <summary>SPEC SDM91 on a SPARCcenter 2000 with 16 processors: simulated users and scripts per hour.</summary>
    public static IReadOnlyList<ScalingPoint> SpecSdm91 { get; } =
        Points([1, 18, 36, 72, 108, 144, 216], [64.9, 995.9, 1652.4, 1853.2, 1828.9, 1775.0, 1702.2]);

    public static IReadOnlyList<ScalingPoint> Points(double[] workers, double[] throughput) => [.. workers.Zip(throughput, (n, x) => new ScalingPoint(n, x))];

    /// <summary>Within half a percent.</summary>
    public static void Near(double expected, double? actual) => Xunit.Assert.InRange(actual ?? double.NaN, expected - (Math.Abs(expected) * 5e-3), expected + (Math.Abs(expected) * 5e-3));
}
